import { beforeAll, expect, test } from '@jest/globals';
import { loadPack, memoryFiles, type Policy, settableClock } from '@kept/core';
import { nodeCrypto } from '../../packages/core/src/adapters/crypto/nodeCrypto.ts';
import { memoryRecords } from '../../packages/core/src/adapters/records/memoryRecords.ts';
import type { PersonalDataSource, SourceRecord } from '../../packages/core/src/engine/ports/personalDataSource.ts';
import { removeSubject } from '../../packages/core/src/engine/removal/removeSubject.ts';
import type { Unit } from '../../packages/core/src/engine/stored.ts';
import type { World } from '../../packages/core/src/engine/world.ts';
import { START } from '../support/scene.ts';

const COLLECTION = 'generations';

let policy: Policy;
beforeAll(async () => {
  policy = await loadPack('sdance-ai');
});

interface Erased {
  readonly records: number;
  readonly files: number;
  /** How many things the largest list held that anybody was handed or answered, by whom. */
  readonly largest: Readonly<Record<string, number>>;
  readonly calls: number;
  readonly units: readonly Unit[];
}

/** Erases somebody with so many records, each with so many files, from a source that makes them up as it is asked. */
async function erased(count: number, filesEach: number, stopAfter = Number.POSITIVE_INFINITY): Promise<Erased> {
  const largest: Record<string, number> = {};
  let calls = 0;
  const seen = <T extends readonly unknown[]>(who: string, list: T): T => {
    calls += 1;
    largest[who] = Math.max(largest[who] ?? 0, list.length);
    return list;
  };
  const gone = new Set<unknown>();
  const recordAt = (n: number): SourceRecord => ({
    id: n,
    files: Array.from({ length: filesEach }, (_, m) => ({ store: 'media', key: `${n}-${m}.mp4` })),
  });
  const data: Partial<PersonalDataSource> = {
    async recordsOf(_subject, _collection, limit) {
      const left = Array.from({ length: Math.min(limit, count - gone.size) }, (_, n) => recordAt(gone.size + n));
      return [...seen('recordsOf', left)];
    },
    async remove(_collection, ids) {
      for (const id of seen('remove', ids)) gone.add(id);
      return ids.length;
    },
    stillReferenced: async (files) => seen('stillReferenced', files).slice(0, 0),
  };
  const media = memoryFiles();
  const records = memoryRecords();
  const world = {
    service: 's',
    policy,
    data,
    records,
    crypto: nodeCrypto(),
    clock: settableClock(START),
    files: { media: { ...media, remove: async (keys: readonly string[]) => media.remove(seen('files', keys)) } },
  } as unknown as World;

  let units = 0;
  const line = { collection: COLLECTION, categories: [], action: 'erase', count, files: count } as const;
  const sum = await removeSubject(world, {
    run: 'r',
    subject: 'ann',
    lines: [line],
    goOn: async () => units++ < stopAfter,
  });
  return { ...sum, largest, calls, units: await records.collection<Unit>('units').find({ run: 'r' }) };
}

test('of a person with very much no more is held at once than of one with much, and twice as much takes twice as many steps', async () => {
  const [much, more] = [await erased(20_000, 1), await erased(40_000, 1)];
  expect([much.records, much.files, more.records, more.files]).toEqual([20_000, 20_000, 40_000, 40_000]);
  expect(more.largest).toEqual(much.largest);
  expect(more.largest).toEqual({ recordsOf: 10_000, remove: 1_000, stillReferenced: 1_000, files: 1_000 });
  expect(more.calls).toBeLessThanOrEqual(2 * much.calls);
});

test('records with very many files go in units that fit into a document, and their files a thousand at a time', async () => {
  const { records, files, largest, units } = await erased(100, 999);
  expect([records, files]).toEqual([100, 99_900]);
  expect(largest).toMatchObject({ remove: 10, stillReferenced: 1_000, files: 1_000 });
  expect(units).toHaveLength(10);
});

test('a hold stops it before the next thousand', async () => {
  expect(await erased(40_000, 1, 3)).toMatchObject({ records: 3_000, files: 3_000, largest: { remove: 1_000 } });
});

test('a unit that is done names neither records nor files, and still says how many they were', async () => {
  const { units } = await erased(1_500, 2);
  expect(units.map(({ state, ids, files, done, filesDone }) => [state, ids, files, done, filesDone])).toEqual([
    ['done', [], [], 1_000, 2_000],
    ['done', [], [], 500, 1_000],
  ]);
});
