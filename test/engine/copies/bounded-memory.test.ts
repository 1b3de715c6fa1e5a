import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FileStore } from '../../../packages/core/src/engine/ports/edges.ts';
import { accessContents } from '../../../packages/core/src/engine/rights/access/accessContents.ts';
import type { World } from '../../../packages/core/src/engine/world.ts';
import { type Scene, scene } from '../../support/scene.ts';
import { copyingWorld, requestOf } from './copying.ts';

const RECORDS = 4_000;
/** Letters of each prompt. */
const LENGTH = 8_000;
/** Records that are asked for at once. */
const PAGE = 500;
const PIECE = Buffer.from('a film');

let the: Scene;

beforeAll(async () => {
  the = await scene();
});
afterAll(() => the.close());

/** A source that makes the records of somebody who has many while they are read, and notes how many it was asked for each time. */
function manyRecords(world: World): { readonly world: World; readonly given: number[] } {
  const given: number[] = [];
  const data: World['data'] = {
    ...world.data,
    survey: async () => [{ collection: 'generations', count: RECORDS, files: RECORDS }],
    recordsOf: async () => [],
    async exportOf(_subject, collection, _paths, limit, after) {
      if (collection !== 'generations') return { records: [] };
      const from = Number(after ?? 0);
      const records = Array.from({ length: Math.min(limit, RECORDS - from) }, (_, n) => ({
        id: `video-${from + n}`,
        fields: { prompt: randomBytes(LENGTH / 2).toString('hex'), outputs: [{ file: `${from + n}.mp4` }] },
      }));
      given.push(records.length);
      return { records, ...(from + limit < RECORDS && { next: from + limit }) };
    },
  };
  const media: Pick<FileStore, 'read'> = {
    read: async () =>
      (async function* () {
        yield PIECE;
      })(),
  };
  return { world: { ...world, data, files: { media: media as FileStore } }, given };
}

test('the copy of somebody with thousands of records holds no more than a page or two of them at once', async () => {
  const { world, given } = manyRecords(copyingWorld(the));
  let media = 0;
  let bytes = 0;
  let most = 0;
  for await (const entry of accessContents(world, requestOf('somebody'))()) {
    if (entry.name.startsWith('media/')) media += 1;
    for await (const piece of entry.content) {
      bytes += piece.byteLength;
      // Whatever was read of a record, its prompt goes out once for each time that it was read.
      const readAhead = given.reduce((sum, records) => sum + records, 0) - bytes / LENGTH;
      most = Math.max(most, readAhead);
    }
    // As whoever packs it does: the place is made for each entry.
    if (entry.place === undefined) throw new Error('An entry has no place');
  }
  // Each record once in the file of all, and once in the note beside its film.
  expect(bytes).toBeGreaterThan(2 * RECORDS * LENGTH);
  expect(media).toBe(2 * RECORDS);
  expect(Math.max(...given)).toBeLessThanOrEqual(PAGE);
  expect(most).toBeLessThanOrEqual(2 * PAGE);
}, 60_000);
