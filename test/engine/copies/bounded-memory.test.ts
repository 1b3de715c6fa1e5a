import { randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FileStore } from '../../../packages/core/src/engine/ports/edges.ts';
import { accessContents } from '../../../packages/core/src/engine/rights/access/accessContents.ts';
import type { World } from '../../../packages/core/src/engine/world.ts';
import { type Scene, scene } from '../../support/scene.ts';
import { copyingWorld, requestOf } from './copying.ts';

const RECORDS = 4_000;
/** Letters of each prompt. */
const LENGTH = 8_000;
const MB = 1024 * 1024;
const PIECE = Buffer.from('a film');

let the: Scene;

beforeAll(async () => {
  the = await scene();
});
afterAll(() => the.close());

/** A source that makes the records of somebody who has many while they are read, and notes how many it was asked for at once. */
function manyRecords(world: World): { readonly world: World; readonly limits: number[] } {
  const limits: number[] = [];
  const data: World['data'] = {
    ...world.data,
    survey: async () => [{ collection: 'generations', count: RECORDS, files: RECORDS }],
    recordsOf: async () => [],
    async exportOf(_subject, collection, _paths, limit, after) {
      if (collection !== 'generations') return { records: [] };
      limits.push(limit);
      const from = Number(after ?? 0);
      const records = Array.from({ length: Math.min(limit, RECORDS - from) }, (_, n) => ({
        id: `video-${from + n}`,
        fields: { prompt: randomBytes(LENGTH / 2).toString('hex'), outputs: [{ file: `${from + n}.mp4` }] },
      }));
      return { records, ...(from + limit < RECORDS && { next: from + limit }) };
    },
  };
  const media: Pick<FileStore, 'read'> = {
    read: async () =>
      (async function* () {
        yield PIECE;
      })(),
  };
  return { world: { ...world, data, files: { media: media as FileStore } }, limits };
}

function heapNow(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

test('the copy of somebody with thousands of records needs no more memory than a few pages of them', async () => {
  const { world, limits } = manyRecords(copyingWorld(the));
  const before = heapNow();
  const names = { text: 0, media: 0 };
  let most = 0;
  let bytes = 0;
  let looked = 0;
  for await (const entry of accessContents(world, requestOf('somebody'))()) {
    names[entry.name.startsWith('media/') ? 'media' : 'text'] += 1;
    for await (const piece of entry.content) {
      bytes += piece.byteLength;
      if (bytes - looked < 2 * MB) continue;
      looked = bytes;
      most = Math.max(most, heapNow() - before);
    }
    // As whoever packs it does: the place is made for each entry.
    if (entry.place === undefined) throw new Error('An entry has no place');
  }
  // Each record once in the file of all, and once in the note beside its film.
  expect(bytes).toBeGreaterThan(2 * RECORDS * LENGTH);
  expect(names.media).toBe(2 * RECORDS);
  expect(Math.max(...limits)).toBeLessThanOrEqual(500);
  expect(most / MB).toBeLessThan(16);
}, 60_000);
