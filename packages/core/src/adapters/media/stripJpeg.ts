import { mediaInvalid, mediaRefused } from './mediaFault.ts';
import { drop, dropTheRest, look, need, pass, put, take, type Walk } from './mediaStep.ts';
import { begins, u8, u16 } from './numbersIn.ts';
import { orientationKeeper } from './orientationKeeper.ts';
import { profileParts } from './profileParts.ts';

/** ITU-T T.81, table B.1. */
const EOI = 0xd9;
const SOS = 0xda;
const COM = 0xfe;
const APP0 = 0xe0;
const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;
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
  const keepOrientation = orientationKeeper(removed);
  const profile = profileParts(removed);
  let scanned = false;
  yield* pass(2);
  for (;;) {
    const marker = yield* nextMarker();
    if (marker === EOI) break;
    if (isRestart(marker) && scanned) {
      yield* put([0xff, marker]);
      yield* passScan();
      continue;
    }
    const length = u16(yield* need(2), 0);
    if (length < 2) throw mediaInvalid('A segment of the JPEG is shorter than its own length.');
    const bodyLength = BODIES.get(marker);
    if (bodyLength) {
      const segment = yield* need(length);
      if (bodyLength(segment.subarray(2)) !== length - 2) throw mediaInvalid('A table of the JPEG has a wrong length.');
      yield* put([0xff, marker]);
      yield* pass(length);
      if (marker !== SOS) continue;
      scanned = true;
      yield* passScan();
      continue;
    }
    if (marker !== COM && (marker < APP0 || marker > APP0 + 15)) {
      throw mediaRefused(
        'The JPEG holds a segment that no decoder reads.',
        'Export it as baseline or progressive JPEG.',
      );
    }
    const body = (yield* take(length)).subarray(2);
    if (marker === APP0 + 1 && begins(body, EXIF)) {
      const exif = keepOrientation(body.subarray(EXIF.length));
      if (exif) yield* putSegment(marker, Buffer.from(EXIF), exif);
    } else if (marker === APP0 + 2 && begins(body, PROFILE)) {
      for (const part of profile.add(body.subarray(PROFILE.length)))
        yield* putSegment(marker, Buffer.from(PROFILE), part);
    } else if (marker === APP0 && begins(body, 'JFIF\0') && body.length >= 14) {
      if (body.length > 14) removed.add('thumbnail');
      yield* putSegment(marker, body.subarray(0, 12), [0, 0]);
    } else if (marker === APP0 + 14 && begins(body, 'Adobe') && body.length >= 12) {
      if (body.length > 12) removed.add('APP14');
      yield* putSegment(marker, body.subarray(0, 12));
    } else {
      removed.add(nameOf(marker, body));
    }
  }
  if (!scanned) throw mediaInvalid('The JPEG holds no picture.');
  if (profile.incomplete()) removed.add('ICC');
  yield* put([0xff, EOI]);
  yield* dropTheRest();
}

/** Moves behind the next marker. What lies between segments and is no marker, decoders skip; it is left out. */
function* nextMarker(): Walk<number> {
  for (;;) {
    const bytes = yield* look(2);
    if (bytes.length < 2) throw mediaInvalid('The JPEG ends before its end marker.');
    const at = bytes.indexOf(0xff);
    if (at !== 0) {
      yield* drop(at < 0 ? bytes.length : at, 'data between segments');
    } else if (bytes[1] === 0xff) {
      yield* drop(1, '');
    } else if (bytes[1] === 0) {
      yield* drop(2, 'data between segments');
    } else {
      const [, marker] = yield* take(2);
      return marker as number;
    }
  }
}

/** Passes coded data to the marker behind them; stuffed bytes and restart markers are part of them. */
function* passScan(): Walk {
  for (;;) {
    const bytes = yield* look(2);
    if (bytes.length < 2) throw mediaInvalid('The JPEG ends before its end marker.');
    let at = bytes.indexOf(0xff);
    while (at >= 0 && at + 1 < bytes.length) {
      const marker = bytes[at + 1] as number;
      if (marker !== 0 && !isRestart(marker)) {
        yield* pass(at);
        return;
      }
      at = bytes.indexOf(0xff, at + 2);
    }
    yield* pass(at < 0 ? bytes.length : at);
  }
}

function* putSegment(marker: number, ...body: readonly (Uint8Array | readonly number[])[]): Walk {
  const length = 2 + body.reduce((all, each) => all + each.length, 0);
  yield* put([0xff, marker, length >> 8, length & 0xff], ...body);
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
