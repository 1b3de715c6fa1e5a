import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { broken, sized } from './seal.ts';

const VERSION = 1;
const SALT = 32;
const HEAD = 1 + SALT;
const TAG = 16;

/** Plain bytes in a block: the first comes out once so much of it is there, which is a while where text is deflated. */
const BLOCK = 64 * 1024;

/**
 * Seals a stream: version byte, 32 bytes salt, then blocks of 64 KiB, each by AES-256-GCM with its tag behind it. The key
 * of a stream is made of `key`, its salt and `about`; the nonce of a block is its number and whether it is the last one.
 * So a block that was changed, moved or left out, an end that was cut off or added to, are all refused (the STREAM
 * construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). Throws SEAL_INVALID for a key of another size.
 */
export async function* sealStream(
  key: Uint8Array,
  plain: AsyncIterable<Uint8Array>,
  about: string,
): AsyncGenerator<Uint8Array> {
  const salt = randomBytes(SALT);
  const own = streamKey(key, salt, about);
  yield Buffer.concat([Buffer.of(VERSION), salt]);
  let number = 0;
  for await (const { block, isLast } of blocks(plain, BLOCK)) {
    const cipher = createCipheriv('aes-256-gcm', own, nonce(number, isLast));
    yield cipher.update(block);
    cipher.final();
    yield cipher.getAuthTag();
    number += 1;
  }
}

/**
 * Opens what `sealStream` made; nothing of a block comes out before its tag was checked. Throws SEAL_BROKEN.
 * @param first which block stands behind the head, where those before it are left out
 */
export async function* unsealStream(
  key: Uint8Array,
  sealed: AsyncIterable<Uint8Array>,
  about: string,
  first = 0,
): AsyncGenerator<Uint8Array> {
  const head: { own?: Uint8Array } = {};
  let number = first;
  for await (const { block, isLast } of blocks(headless(sealed, head, key, about), BLOCK + TAG)) {
    if (!head.own || block.length < TAG) throw broken();
    yield opened(head.own, block, nonce(number, isLast));
    number += 1;
  }
}

/**
 * The same from a byte of the plain text on: nothing is opened but the block that holds it and what follows.
 * @param sealedFrom what is sealed, from a byte of that on
 */
export async function* unsealFrom(
  key: Uint8Array,
  sealedFrom: (at: number) => AsyncIterable<Uint8Array>,
  about: string,
  from: number,
): AsyncGenerator<Uint8Array> {
  const first = Math.floor(from / BLOCK);
  async function* needed(): AsyncGenerator<Uint8Array> {
    if (first === 0) return yield* sealedFrom(0);
    yield* beginning(sealedFrom(0), HEAD);
    yield* sealedFrom(HEAD + first * (BLOCK + TAG));
  }
  let skip = from % BLOCK;
  for await (const piece of unsealStream(key, needed(), about, first)) {
    yield piece.subarray(skip);
    skip = 0;
  }
}

async function* beginning(source: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  let left = length;
  for await (const piece of source) {
    yield piece.subarray(0, left);
    left -= piece.length;
    if (left <= 0) return;
  }
}

function opened(key: Uint8Array, block: Buffer, iv: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG }).setAuthTag(block.subarray(-TAG));
  try {
    const plain = decipher.update(block.subarray(0, -TAG));
    decipher.final();
    return plain;
  } catch {
    throw broken();
  }
}

/** What stands behind the head; the key of the stream is known from its first byte on. */
async function* headless(
  sealed: AsyncIterable<Uint8Array>,
  head: { own?: Uint8Array },
  key: Uint8Array,
  about: string,
): AsyncGenerator<Uint8Array> {
  let start = Buffer.alloc(0);
  for await (const piece of sealed) {
    if (head.own) {
      yield piece;
      continue;
    }
    start = Buffer.concat([start, piece]);
    if (start.length < HEAD) continue;
    if (start[0] !== VERSION) throw broken();
    head.own = streamKey(key, start.subarray(1, HEAD), about);
    yield start.subarray(HEAD);
  }
}

/** The bytes in blocks of one size, and the rest. Each is good until the next is asked for. */
async function* blocks(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ readonly block: Buffer; readonly isLast: boolean }> {
  const block = Buffer.allocUnsafe(size);
  let filled = 0;
  for await (const piece of source) {
    for (let at = 0; at < piece.length; ) {
      if (filled === size) {
        yield { block, isLast: false };
        filled = 0;
      }
      const taken = Math.min(size - filled, piece.length - at);
      block.set(piece.subarray(at, at + taken), filled);
      at += taken;
      filled += taken;
    }
  }
  yield { block: block.subarray(0, filled), isLast: true };
}

function streamKey(key: Uint8Array, salt: Uint8Array, about: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', sized(key), salt, `kept.stream:${about}`, 32));
}

/** 96 bits: the number of the block, then a byte that says whether it is the last one. */
function nonce(number: number, isLast: boolean): Uint8Array {
  const bytes = Buffer.alloc(12);
  bytes.writeUIntBE(number, 5, 6);
  bytes[11] = isLast ? 1 : 0;
  return bytes;
}
