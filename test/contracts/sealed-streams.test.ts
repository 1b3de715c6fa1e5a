import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { sealStream, unsealFrom, unsealStream } from '../../packages/core/src/adapters/keys/sealStream.ts';

const BLOCK = 64 * 1024;
const key = randomBytes(32);
const broken = expect.objectContaining({ code: 'SEAL_BROKEN' });

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function whole(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(Uint8Array.from(piece));
  return Buffer.concat(pieces);
}

const sealed = (bytes: Uint8Array, about = 'package:1/1'): Promise<Buffer> =>
  whole(sealStream(key, inPieces(bytes, 70_001), about));
const opened = (bytes: Uint8Array, about = 'package:1/1', by = key): Promise<Buffer> =>
  whole(unsealStream(by, inPieces(bytes, 99_991), about));

describe('a sealed stream', () => {
  test('opens for its key and its purpose, whatever its length', async () => {
    for (const length of [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 3 * BLOCK + 7]) {
      const bytes = randomBytes(length);
      expect((await opened(await sealed(bytes))).equals(bytes)).toBe(true);
    }
  });

  test('is another one each time, so that no two ever share a nonce', async () => {
    const [one, other] = [await sealed(Buffer.alloc(100)), await sealed(Buffer.alloc(100))];
    expect(one.subarray(33).equals(other.subarray(33))).toBe(false);
  });

  test('does not open for another key or another purpose', async () => {
    const bytes = await sealed(randomBytes(BLOCK + 1));
    await expect(opened(bytes, 'package:1/2')).rejects.toEqual(broken);
    await expect(opened(bytes, 'package:1/1', randomBytes(32))).rejects.toEqual(broken);
  });

  test('does not open when it was cut anywhere, between blocks too, or when something was added', async () => {
    const bytes = await sealed(randomBytes(2 * BLOCK + 100));
    const block = BLOCK + 16;
    for (const length of [0, 10, 33, 33 + block, 33 + 2 * block, bytes.length - 1])
      await expect(opened(bytes.subarray(0, length))).rejects.toEqual(broken);
    await expect(opened(Buffer.concat([bytes, Buffer.alloc(1)]))).rejects.toEqual(broken);
    await expect(opened(Buffer.concat([bytes, bytes.subarray(33)]))).rejects.toEqual(broken);
  });

  test('does not open when blocks changed places, one came twice, or any byte was changed', async () => {
    const bytes = await sealed(randomBytes(3 * BLOCK));
    const block = BLOCK + 16;
    const at = (n: number): Buffer => bytes.subarray(33 + n * block, 33 + (n + 1) * block);
    const head = bytes.subarray(0, 33);
    for (const order of [
      [1, 0, 2],
      [0, 0, 1, 2],
      [0, 2],
    ])
      await expect(opened(Buffer.concat([head, ...order.map(at)]))).rejects.toEqual(broken);
    for (const place of [0, 1, 32, 33, 33 + BLOCK, 33 + block + 5, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] ?? 0) ^ 1;
      await expect(opened(changed)).rejects.toEqual(broken);
    }
  });

  test('opens from any byte on, without what lies before its block, and is refused there like anywhere', async () => {
    const bytes = randomBytes(3 * BLOCK + 7);
    const all = await sealed(bytes);
    const asked: number[] = [];
    const sealedFrom = (at: number): AsyncGenerator<Uint8Array> => {
      asked.push(at);
      return inPieces(all.subarray(at), 20);
    };
    const from = (at: number): Promise<Buffer> => whole(unsealFrom(key, sealedFrom, 'package:1/1', at));
    for (const at of [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 3 * BLOCK + 6])
      expect((await from(at)).equals(bytes.subarray(at))).toBe(true);
    expect(asked.slice(-2)).toEqual([0, 33 + 3 * (BLOCK + 16)]);

    all[33] = (all[33] ?? 0) ^ 1;
    await expect(from(BLOCK - 1)).rejects.toEqual(broken);
    expect((await from(BLOCK)).equals(bytes.subarray(BLOCK))).toBe(true);
    all[33 + BLOCK + 16] = (all[33 + BLOCK + 16] ?? 0) ^ 1;
    await expect(from(BLOCK)).rejects.toEqual(broken);
  });

  test('lets nothing of a block out before it was checked', async () => {
    const bytes = await sealed(randomBytes(2 * BLOCK));
    bytes[33 + BLOCK + 16 + 5] = (bytes[33 + BLOCK + 16 + 5] ?? 0) ^ 1;
    let out = 0;
    await expect(
      (async () => {
        for await (const piece of unsealStream(key, inPieces(bytes, 4096), 'package:1/1')) out += piece.length;
      })(),
    ).rejects.toEqual(broken);
    expect(out).toBe(BLOCK);
  });
});
