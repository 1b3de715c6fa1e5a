import { mediaInvalid } from './mediaFault.ts';
import { drop, dropTheRest, need, put, type Walk } from './mediaStep.ts';
import { begins, code, u8, u32le } from './numbersIn.ts';
import { orientationKeeper } from './orientationKeeper.ts';
import { plainProfile } from './plainProfile.ts';

/** RFC 9649, 2.7: the first byte of VP8X says what follows. */
const HAS_PROFILE = 0x20;
const HAS_ALPHA = 0x10;
const HAS_EXIF = 0x08;
const ANIMATED = 0x02;
const DRAWN = new Set(['VP8 ', 'VP8L', 'ALPH']);
const FRAME_HEADER = 16;
/** More than any picture has; each costs us more memory than it has bytes. */
const MOST_CHUNKS = 100_000;

interface Chunk {
  readonly type: string;
  readonly body: Uint8Array;
}

/**
 * WebP, animated ones too: what is drawn, the colour profile and the orientation stay. The length of the whole and what it
 * holds stand at its beginning, so that it is held whole.
 */
export function* stripWebp(removed: Set<string>): Walk {
  const length = u32le(yield* need(8), 4) + 8;
  const file = yield* need(length);
  yield* drop(length, '');
  const chunks = [...chunksOf(file.subarray(12))];
  if (!chunks.some(({ type }) => type === 'VP8 ' || type === 'VP8L' || type === 'ANMF')) {
    throw mediaInvalid('The WebP holds no picture.');
  }

  const kept = chunks.flatMap((chunk) => cleaned(chunk, removed));
  const exif = orientation(chunks, removed);
  if (kept[0]?.type === 'VP8X') kept.push(...exif);
  const body = kept.map((chunk) => (chunk.type === 'VP8X' ? extended(chunk, kept) : chunk)).flatMap(encoded);
  const size = body.reduce((all, each) => all + each.length, 4);

  yield* put(
    Buffer.from('RIFF'),
    [size & 0xff, (size >> 8) & 0xff, (size >> 16) & 0xff, size >>> 24],
    Buffer.from('WEBP'),
  );
  yield* put(...body);
  yield* dropTheRest();
}

function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  let at = 0;
  for (let count = 0; at < bytes.length; count += 1) {
    if (count === MOST_CHUNKS) throw mediaInvalid('The WebP holds more chunks than any picture.');
    const type = code(bytes, at);
    const length = u32le(bytes, at + 4);
    if (at + 8 + length > bytes.length) throw mediaInvalid('A chunk of the WebP is longer than the file.');
    yield { type, body: bytes.subarray(at + 8, at + 8 + length) };
    at += 8 + length + (length % 2);
  }
}

/** What is kept of a chunk: itself, a clean one, or nothing. */
function cleaned({ type, body }: Chunk, removed: Set<string>): Chunk[] {
  if (DRAWN.has(type)) return [{ type, body }];
  if (type === 'ANMF' && body.length >= FRAME_HEADER) {
    const drawn = [...chunksOf(body.subarray(FRAME_HEADER))].flatMap((chunk) => cleaned(chunk, removed));
    return [{ type, body: Buffer.concat([body.subarray(0, FRAME_HEADER), ...drawn.flatMap(encoded)]) }];
  }
  if ((type === 'VP8X' && body.length === 10) || (type === 'ANIM' && body.length === 6)) return [{ type, body }];
  if (type === 'ICCP') {
    const plain = plainProfile(body);
    if (!plain || Buffer.compare(plain, body) !== 0) removed.add('ICC');
    return plain ? [{ type, body: plain }] : [];
  }
  if (type === 'XMP ') removed.add('XMP');
  else if (type !== 'EXIF') removed.add('private chunk');
  return [];
}

/** Exif blocks come last. Some writers put the six bytes of JPEG in front of them. */
function orientation(chunks: readonly Chunk[], removed: Set<string>): Chunk[] {
  const keep = orientationKeeper(removed);
  return chunks.flatMap(({ type, body }) => {
    if (type !== 'EXIF') return [];
    const exif = keep(begins(body, 'Exif') ? body.subarray(6) : body);
    return exif ? [{ type, body: exif }] : [];
  });
}

/** VP8X with the flags of what is there now, and its reserved bits at zero. */
function extended({ type, body }: Chunk, kept: readonly Chunk[]): Chunk {
  const has = (wanted: string): boolean => kept.some((chunk) => chunk.type === wanted);
  const rest = u8(body, 0) & (HAS_ALPHA | ANIMATED);
  const flags = rest | (has('ICCP') ? HAS_PROFILE : 0) | (has('EXIF') ? HAS_EXIF : 0);
  return { type, body: Uint8Array.of(flags, 0, 0, 0, ...body.subarray(4)) };
}

function encoded({ type, body }: Chunk): Uint8Array[] {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return [head, body, new Uint8Array(body.length % 2)];
}
