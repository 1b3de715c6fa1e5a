import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { mediaInvalid, mediaRefused } from './mediaFault.ts';
import { drop, dropTheRest, look, need, pass, put, take, type Walk } from './mediaStep.ts';
import { begins, code, u32 } from './numbersIn.ts';
import { orientationKeeper } from './orientationKeeper.ts';
import { plainProfile } from './plainProfile.ts';

type Fits = (length: number) => boolean;
const exactly =
  (...lengths: readonly number[]): Fits =>
  (length) =>
    lengths.includes(length);
const any: Fits = () => true;
const never: Fits = () => false;

/** Chunks that a decoder draws with (PNG third edition, 11), and how long they may be. */
const DRAWN: ReadonlyMap<string, Fits> = new Map([
  ['IHDR', exactly(13)],
  ['PLTE', (length) => length <= 768 && length % 3 === 0],
  ['IDAT', any],
  ['gAMA', exactly(4)],
  ['cHRM', exactly(32)],
  ['sRGB', exactly(1)],
  ['sBIT', exactly(1, 2, 3, 4)],
  ['bKGD', exactly(1, 2, 6)],
  ['pHYs', exactly(9)],
  ['cICP', exactly(4)],
  ['mDCV', exactly(24)],
  ['cLLI', exactly(8)],
  ['acTL', exactly(8)],
  ['fcTL', exactly(26)],
  ['fdAT', any],
]);
/** What is transparent, by the type of colour: a shade, a colour, or a degree for each entry of the palette. */
const TRANSPARENT: Readonly<Record<number, Fits>> = { 0: exactly(2), 2: exactly(6), 3: (length) => length <= 256 };
const LONGEST = 0x7fff_ffff;
const LARGEST_PROFILE = 4 * 1024 * 1024;

/** PNG, animated ones too: what is drawn, the colour profile and the orientation stay. Nothing of the rest is inflated. */
export function* stripPng(removed: Set<string>): Walk {
  yield* pass(8);
  const header = yield* need(18);
  if (!begins(header, 'IHDR', 4)) throw mediaInvalid('The PNG does not begin with its header.');
  const fits: ReadonlyMap<string, Fits> = new Map([...DRAWN, ['tRNS', TRANSPARENT[header[17] ?? 0] ?? never]]);
  const keepOrientation = orientationKeeper(removed);
  let drawn = false;
  let profiled = false;
  let animated = false;
  for (;;) {
    const head = yield* need(8);
    const length = u32(head, 0);
    const type = code(head, 4);
    if (length > LONGEST) throw mediaInvalid('A chunk of the PNG is longer than a PNG allows.');
    if (type === 'IEND') break;
    drawn ||= type === 'IDAT';
    animated ||= type === 'acTL' && length === 8;
    const whole = 12 + length;
    if (fits.get(type)?.(length) && (animated || type !== 'fdAT')) {
      yield* pass(whole);
    } else if (isCritical(type)) {
      throw mediaRefused(
        'The PNG holds a chunk that nobody knows and that it cannot be drawn without.',
        'Export it again as plain PNG.',
      );
    } else if (type === 'eXIf') {
      const exif = keepOrientation((yield* take(whole)).subarray(8, 8 + length));
      if (exif) yield* putChunk(type, exif);
    } else if (type === 'iCCP' && !profiled) {
      // Only the first one counts, and only that is inflated.
      profiled = true;
      const body = (yield* take(whole)).subarray(8, 8 + length);
      const plain = profileChunk(body);
      if (!plain?.equals(body)) removed.add('ICC');
      if (plain) yield* putChunk(type, plain);
    } else {
      yield* drop(whole, yield* nameOf(type));
    }
  }
  if (!drawn) throw mediaInvalid('The PNG holds no picture.');
  if (u32(yield* take(12), 0) > 0) removed.add('data after the end');
  yield* putChunk('IEND', Buffer.alloc(0));
  yield* dropTheRest();
}

/** Bit 5 of the first letter: a capital one is needed for drawing. Where drawing chunks have a wrong length, too. */
function isCritical(type: string): boolean {
  return !/^[a-z]/.test(type);
}

/** A name of one's own choosing, how it is packed (0: deflate), and the packed profile. */
function profileChunk(body: Uint8Array): Buffer | undefined {
  const end = body.indexOf(0);
  if (end < 0 || body[end + 1] !== 0) return undefined;
  const plain = plainProfile(inflated(body.subarray(end + 2)));
  return plain && Buffer.concat([Buffer.from('ICC\0\0'), deflateSync(plain)]);
}

function inflated(packed: Uint8Array): Uint8Array {
  try {
    return inflateSync(packed, { maxOutputLength: LARGEST_PROFILE });
  } catch {
    return Buffer.alloc(0);
  }
}

function* putChunk(type: string, body: Uint8Array): Walk {
  const chunk = Buffer.alloc(12 + body.length);
  chunk.writeUInt32BE(body.length, 0);
  chunk.write(type, 4, 'latin1');
  chunk.set(body, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + body.length)), 8 + body.length);
  yield* put(chunk);
}

function* nameOf(type: string): Walk<string> {
  if (type === 'tIME') return 'time';
  if (type === 'iCCP') return 'ICC';
  if (type !== 'tEXt' && type !== 'zTXt' && type !== 'iTXt') return 'private chunk';
  return begins(yield* look(25), 'XML:com.adobe.xmp', 8) ? 'XMP' : 'text';
}
