import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { loadPack } from '@kept/core';
import mongoose from 'mongoose';
import { mongoData } from '../../packages/core/src/adapters/data/mongoData.ts';
import type { CountedRecords, PersonalDataSource } from '../../packages/core/src/engine/ports/personalDataSource.ts';
import { type House, house } from './house.ts';

const { ObjectId } = mongoose.mongo;
const MAY = new Date('2026-05-01T00:00:00Z');
const JUNE = new Date('2026-06-01T00:00:00Z');

let the: House;
let source: PersonalDataSource;

beforeAll(async () => {
  const policy = await loadPack('sdance-ai');
  the = await house();
  source = mongoData(
    () => the.db,
    () => policy,
  );
});
afterAll(() => the.close());
beforeEach(async () => {
  for (const name of ['users', 'generations', 'apiKeys', 'apiLogs']) await the.db.collection(name).deleteMany({});
});

async function counted(
  collection: string,
  records: Omit<CountedRecords, 'most'> & { most?: number },
): Promise<Record<string, unknown[]>> {
  const met: Record<string, unknown[]> = {};
  for await (const { subject, values } of source.peopleBy(collection, { most: 100, ...records })) {
    expect(met[subject]).toBeUndefined();
    met[subject] = values.toSorted();
  }
  return met;
}

test('each person comes once, with each value once, whatever number of records says so', async () => {
  const [ann, bo] = [new ObjectId(), new ObjectId()];
  for (const prompt of ['a boat', 'a boat', 'a tree']) await the.video({ userId: ann, prompt });
  await the.video({ userId: bo });
  expect(await counted('generations', { field: 'prompt' })).toEqual({
    [String(ann)]: ['a boat', 'a tree'],
    [String(bo)]: [null],
  });
});

test('a person is one person, by whatever form of the key the records refer to them', async () => {
  const [ann, bo] = [new ObjectId(), new mongoose.mongo.UUID()];
  const kim = 7;
  const references = [ann, bo, kim, String(ann), bo, String(kim)];
  for (const [index, userId] of references.entries()) await the.video({ userId, prompt: `p${index}` });
  const met = await counted('generations', { field: 'prompt' });
  expect(met).toEqual({ [String(ann)]: ['p0', 'p3'], [String(bo)]: ['p1', 'p4'], 7: ['p2', 'p5'] });
});

test('of one person no more values are told than were asked for', async () => {
  const ann = new ObjectId();
  for (let n = 0; n < 9; n += 1) await the.video({ userId: ann, prompt: `p${n}` });
  expect((await counted('generations', { field: 'prompt', most: 4 }))[String(ann)]).toHaveLength(4);
});

test('every element of an array counts', async () => {
  const ann = new ObjectId();
  await the.video({ userId: ann, outputs: [{ file: 'one.mp4' }, { file: 'two.mp4' }] });
  await the.video({ userId: ann, outputs: [] });
  expect(await counted('generations', { field: 'outputs[].file' })).toEqual({
    [String(ann)]: ['one.mp4', 'two.mp4', null].sort(),
  });
});

test('records lead to their person through others, and those that lead to nobody are left out', async () => {
  const ann = await the.user({});
  const key = await the.apiKey(ann);
  await the.log(key, MAY);
  await the.log(new ObjectId(), MAY);
  await the.video({ prompt: 'of nobody' });
  await the.video({ userId: null, prompt: 'of nobody' });
  await the.video({ userId: [new ObjectId(), new ObjectId()], prompt: 'of two' });
  expect(await counted('apiLogs', { field: 'path' })).toEqual({ [ann]: ['/v1'] });
  expect(await counted('generations', { field: 'prompt' })).toEqual({});
});

test('the person’s own record counts for the person', async () => {
  const [ann, bo] = [await the.user({ country: 'DE' }), await the.user({})];
  expect(await counted('users', { field: 'country' })).toEqual({ [ann]: ['DE'], [bo]: [null] });
});

test('a span takes its first instant and not its last', async () => {
  const [ann, bo] = [new ObjectId(), new ObjectId()];
  await the.video({ userId: ann, prompt: 'in May', createdAt: MAY });
  await the.video({ userId: bo, prompt: 'in June', createdAt: JUNE });
  const span = { field: 'prompt', anchor: 'generated' };
  expect(await counted('generations', { ...span, from: MAY, to: JUNE })).toEqual({ [String(ann)]: ['in May'] });
  expect(Object.keys(await counted('generations', { ...span, from: JUNE }))).toEqual([String(bo)]);
});
