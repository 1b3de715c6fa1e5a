import { mediaInvalid, mediaRefused } from './mediaFault.ts';
import { drop, dropTheRest, look, need, pass, put, take, type Walk } from './mediaStep.ts';
import { begins, u8, u16 } from './numbersIn.ts';
import { orientationKeeper } from './orientationKeeper.ts';
import { type ProfileParts, profileParts } from './profileParts.ts';

/** ITU-T T.81, table B.1. */
const EOI = 0xd9;
const SOS = 0xda;
const COM = 0xfe;
const APP0 = 0xe0;
/** Stuffed bytes and restart markers, which are part of coded data. */
const isCoded = (marker: number): boolean => marker === 0 || (marker >= 0xd0 && marker <= 0xd7);
/** Frames that decoders read: baseline, extended, progressive, lossless, and those with arithmetic coding. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc9, 0xca, 0xcb]);
/** How long the body of a segment is by what it says itself; whatever is longer hides something. */
const BODIES: ReadonlyMap<number, (body: Uint8Array) => number> = new Map([
  ...[...FRAMES].map((frame) => [frame, (body: Uint8Array) => 6 + 3 * u8(body, 5)] as const),
  [0xc4, (body) => sum(body, (at) => 17 + body.subarray(at + 1, at + 17).reduce((all, each) => all + each, 0))],
  [0xdb, (body) => sum(body, (at) => (u8(body, at) >> 4 === 0 ? 65 : 129))],
  [0xcc, (body) => body.length & ~1],
  [0xdc, () => 2],
  [0xdd, () => 2],
  [SOS, (body) => 4 + 2 * u8(body, 0)],
]);
const EXIF = 'Exif\0\0';
const PROFILE = 'ICC_PROFILE\0';

/** JPEG: tables, frames, scans, JFIF's density, Adobe's colour transform, the colour profile and the orientation stay. */
export function* stripJpeg(removed: Set<string>): Walk {
  const profile = profileParts(removed);
  const application = applicationSegments(removed, profile);
  let scanned = false;
  yield* pass(2);
  for (;;) {
    const marker = yield* nextMarker();
    if (marker === EOI) break;
    const length = u16(yield* need(4), 2);
    if (length < 2) throw mediaInvalid('A segment of the JPEG is shorter than its own length.');
    const bodyLength = BODIES.get(marker);
    if (bodyLength) {
      const body = (yield* need(2 + length)).subarray(4);
      if (bodyLength(body) !== body.length) throw mediaInvalid('A table of the JPEG has a wrong length.');
      yield* pass(2 + length);
      if (marker === SOS) yield* passScan();
      scanned ||= marker === SOS;
    } else if (marker === COM || (marker >= APP0 && marker <= APP0 + 15)) {
      const body = (yield* take(2 + length)).subarray(4);
      for (const kept of application(marker, body)) yield* putSegment(marker, kept);
    } else {
      throw mediaRefused(
        'The JPEG holds a segment that no decoder reads.',
        'Export it as baseline or progressive JPEG.',
      );
    }
  }
  if (!scanned) throw mediaInvalid('The JPEG holds no picture.');
  if (profile.incomplete()) removed.add('ICC');
  yield* pass(2);
  yield* dropTheRest();
}

/** What is written instead of comments and of what applications tell: nothing, mostly. */
function applicationSegments(removed: Set<string>, profile: ProfileParts) {
  const keepOrientation = orientationKeeper(removed);
  return (marker: number, body: Uint8Array): Uint8Array[] => {
    if (marker === APP0 + 1 && begins(body, EXIF)) {
      const exif = keepOrientation(body.subarray(EXIF.length));
      return exif ? [Buffer.concat([Buffer.from(EXIF), exif])] : [];
    }
    if (marker === APP0 + 2 && begins(body, PROFILE)) {
      const parts = profile.add(body.subarray(PROFILE.length));
      return parts.map((part) => Buffer.concat([Buffer.from(PROFILE), part]));
    }
    if (marker === APP0 && begins(body, 'JFIF\0') && body.length >= 14) {
      if (body.length > 14) removed.add('thumbnail');
      return [Buffer.concat([body.subarray(0, 12), Buffer.of(0, 0)])];
    }
    if (marker === APP0 + 14 && begins(body, 'Adobe') && body.length >= 12) {
      if (body.length > 12) removed.add('APP14');
      return [body.subarray(0, 12)];
    }
    removed.add(nameOf(marker, body));
    return [];
  };
}

/** Moves to the next marker. What lies between segments and is none, decoders skip; it is left out. */
function* nextMarker(): Walk<number> {
  for (;;) {
    const bytes = yield* look(2);
    if (bytes.length < 2) throw mediaInvalid('The JPEG ends before its end marker.');
    const at = bytes.indexOf(0xff);
    const marker = bytes[1] as number;
    if (at !== 0) yield* drop(at < 0 ? bytes.length : at, 'data between segments');
    else if (marker === 0xff) yield* drop(1, '');
    else if (isCoded(marker)) yield* drop(2, 'data between segments');
    else return marker;
  }
}

/** Passes coded data to the marker behind them; stuffed and filling bytes and restart markers are part of them. */
function* passScan(): Walk {
  for (;;) {
    const bytes = yield* look(2);
    if (bytes.length < 2) throw mediaInvalid('The JPEG ends before its end marker.');
    let at = bytes.indexOf(0xff);
    while (at >= 0 && at + 1 < bytes.length) {
      const marker = bytes[at + 1] as number;
      if (!isCoded(marker) && marker !== 0xff) return yield* pass(at);
      at = bytes.indexOf(0xff, at + (marker === 0xff ? 1 : 2));
    }
    yield* pass(at < 0 ? bytes.length : at);
  }
}

function* putSegment(marker: number, body: Uint8Array): Walk {
  const length = 2 + body.length;
  yield* put([0xff, marker, length >> 8, length & 0xff], body);
}

function nameOf(marker: number, body: Uint8Array): string {
  if (marker === COM) return 'comment';
  if (begins(body, 'http://ns.adobe.com/')) return 'XMP';
  if (begins(body, 'Photoshop ')) return 'IPTC';
  if (begins(body, 'MPF\0')) return 'MPF';
  return begins(body, 'JFXX\0') ? 'thumbnail' : `APP${marker - APP0}`;
}

/** The length of several tables that lie one after the other. */
function sum(body: Uint8Array, lengthAt: (at: number) => number): number {
  let at = 0;
  while (at < body.length) at += lengthAt(at);
  return at;
}
