import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import mongoose from 'mongoose';
import type { PersonalDataSource } from '../../packages/core/src/engine/ports/personalDataSource.ts';
import { finishOpenUnits, removeBatch } from '../../packages/core/src/engine/removal/carryOut.ts';
import type { Unit } from '../../packages/core/src/engine/stored.ts';
import type { World } from '../../packages/core/src/engine/world.ts';
import { receiptFaults } from '../../packages/core/src/kernel/evidence/receipt.ts';
import { shaped } from '../contracts/shapes.ts';
import { varied } from '../kernel/retention/variedPolicies.ts';
import type { Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { again, approvedErasure } from './case.ts';
import { casework } from './casework.ts';
import { worldOf } from './worldOf.ts';

const { ObjectId } = mongoose.mongo;
const CLAIM = { kind: 'legal', ground: 'claim 4711', by: 'lin' } as const;

let the: Scene;
let kept: Kept;
let ann: Person;
const { somebody, finish, receiptOf } = casework(() => the);
const faces = async (): Promise<string[]> =>
  (await the.db.collection('reactions').find({}).sort({ face: 1 }).toArray()).map(({ face }) => face);

beforeAll(async () => {
  the = await scene({ policy: shaped });
  kept = the.kept;
});
beforeEach(async () => {
  await the.db.collection('reactions').deleteMany({});
  ann = await somebody({ videos: 2 });
});
afterAll(() => the.close());

/** A reaction of somebody to one of Ann's videos; of Bo where nobody is named. */
async function reaction(face: string, by: mongoose.mongo.ObjectId = new ObjectId(), video = 0): Promise<void> {
  await the.db.collection('reactions').insertOne({ by, generationId: ann.videos[video], face });
}

test('what others wrote about a work goes with it, and is counted in preview, receipt and evidence', async () => {
  await reaction('a');
  await reaction('b', ann.id);
  await reaction('c', undefined, 1);
  await the.db.collection('reactions').insertOne({ by: new ObjectId(), generationId: new ObjectId(), face: 'd' });
  const id = await approvedErasure(the, kept, ann.address);
  const { preview } = (await again(kept, id)) as { preview?: { lines: readonly { collection: string }[] } };
  const planned = preview?.lines.find(({ collection }) => collection === 'reactions');
  expect(planned).toMatchObject({ action: 'erase', count: 1, othersAlong: 2 });

  await finish();
  expect(await again(kept, id)).toMatchObject({ status: 'fulfilled' });
  expect(await faces()).toEqual(['d']);
  const receipt = await receiptOf(id);
  expect(receiptFaults(receipt)).toEqual([]);
  expect(receipt.lines.filter(({ collection }) => collection === 'reactions')).toMatchObject([
    { action: 'erase', found: 3, done: 3, left: 0 },
  ]);
});

test('what a hold on its writer keeps stays untouched, and so does the own of somebody whom a hold reaches there', async () => {
  const bo = await somebody({ videos: 0 });
  await reaction('a');
  await reaction('b', bo.id);
  await reaction('c', ann.id);
  await kept.holds.place({ ...CLAIM, subject: bo.key });
  await kept.holds.place({ ...CLAIM, subject: ann.key, collection: 'reactions' });
  const id = await approvedErasure(the, kept, ann.address);
  await finish();

  expect(await faces()).toEqual(['b', 'c']);
  expect(await the.db.collection('reactions').countDocuments({ generationId: ann.videos[0] })).toBe(2);
  const lines = (await receiptOf(id)).lines.filter(({ collection }) => collection === 'reactions');
  expect(lines).toMatchObject([
    { action: 'erase', found: 1, done: 1, left: 0 },
    { action: 'keep', done: 0, ground: { text: 'claim 4711' } },
  ]);
});

test('a sweep counts and heeds the same', async () => {
  const bo = await somebody({ videos: 0 });
  await reaction('a');
  await reaction('b', bo.id);
  await kept.holds.place({ ...CLAIM, subject: bo.key });
  the.clock.forward({ days: 40 });
  await kept.retention.sweep({ rule: 'generated-videos' });
  expect(await the.db.collection('generations').countDocuments({ userId: ann.id })).toBe(0);
  expect(await faces()).toEqual(['b']);
});

test('what a floor keeps loses the link, and stays', async () => {
  const floored = varied({
    inventory: [
      [
        '# #region secrets\n',
        '  bills:\n    subject: { ref: by }\n    about: { through: { generations: generationId }, cascade: true }\n    anchors: { paid: at }\n    retention: payments\n    fields: { sum: payment.record }\n# #region secrets\n',
      ],
    ],
  });
  const other = await scene({ policy: floored });
  try {
    const [video, by] = [new ObjectId(), new ObjectId()];
    await other.db.collection('bills').insertOne({ by, generationId: video, sum: 3, at: other.clock.now() });
    const owner = { userId: new ObjectId(), createdAt: new Date(other.clock.now().getTime() - 40 * 86_400_000) };
    await other.db.collection('generations').insertOne({ _id: video, ...owner, outputs: [] });
    await other.kept.retention.sweep({ rule: 'generated-videos' });
    expect(await other.db.collection('generations').countDocuments({})).toBe(0);
    const [bill] = await other.db
      .collection('bills')
      .find({}, { projection: { _id: 0 } })
      .toArray();
    expect(bill).toEqual({ by, sum: 3, at: other.clock.now() });
  } finally {
    await other.close();
  }
});

/** A unit of two videos, over a source in which reactions are about them. */
function unitOf(members: Partial<PersonalDataSource>) {
  const world = {
    ...worldOf(the),
    files: {},
    data: { stillReferenced: async () => [], ...members },
  } as unknown as World;
  const batch = {
    run: `run-${new ObjectId()}`,
    collection: 'generations',
    action: 'erase',
    records: ['v1', 'v2'].map((_id) => ({ id: _id, files: [] })),
  } as const;
  const units = () => world.records.collection<Unit>('units').find({ run: batch.run }, { sort: { collection: 1 } });
  return { world, batch, units };
}

test('a run that died between a work and what was written about it goes on with that, and counts it once', async () => {
  let dies = true;
  const left = new Set(['r1', 'r2']);
  const { world, batch, units } = unitOf({
    async remove(_collection, ids) {
      for (const each of ids) left.delete(String(each));
      return ids.length;
    },
    async recordsAbout() {
      if (dies) throw new Error('dead');
      return [...left].map((each) => ({ id: each, files: [] }));
    },
  });
  const now = the.clock.now();
  await expect(removeBatch(world, batch, now)).rejects.toThrow('dead');
  expect(await units()).toMatchObject([{ state: 'open', ids: ['v1', 'v2'] }]);
  dies = false;
  await finishOpenUnits(world, batch.run, now);
  expect(await units()).toMatchObject([
    { collection: 'generations', state: 'done', done: 2 },
    { collection: 'reactions', state: 'done', done: 2 },
  ]);
});

test('what was written about a work that stays after all stays too', async () => {
  const asked: (readonly unknown[])[] = [];
  const { world, batch } = unitOf({
    remove: async () => 1,
    factsOf: async () => [{ id: 'v2', files: [], anchors: {}, predicates: {} }],
    async recordsAbout(_collection, gone) {
      asked.push(gone);
      return [];
    },
  });
  await removeBatch(world, batch, the.clock.now());
  expect(asked).toEqual([['v1']]);
});
