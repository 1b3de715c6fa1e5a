import { expect, test } from '@jest/globals';
import { zipOf } from '../../packages/core/src/adapters/archive/zipOf.ts';
import { sealStream, unsealStream } from '../../packages/core/src/adapters/keys/sealStream.ts';

const MB = 1024 * 1024;
const PIECE = Buffer.alloc(MB, 7);

test('a package of 100 MB is read no faster than it leaves: little of it is in memory at a time', async () => {
  let read = 0;
  async function* film() {
    for (let n = 0; n < 25; n += 1) {
      read += PIECE.length;
      yield PIECE;
    }
  }
  async function* films() {
    for (let n = 0; n < 4; n += 1) yield { name: `media/${n}.mp4`, how: 'store', content: film() } as const;
  }
  const key = Buffer.alloc(32, 1);
  let left = 0;
  let most = 0;
  for await (const piece of unsealStream(key, sealStream(key, zipOf(films(), new Date(0)), 'part'), 'part')) {
    left += piece.length;
    most = Math.max(most, read - left);
    // Whoever takes it takes their time.
    if (left % (7 * piece.length) === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(read).toBe(100 * MB);
  expect(left - read).toBeGreaterThan(0);
  expect(left - read).toBeLessThan(2_000);
  expect(most / MB).toBeLessThan(10);
});
