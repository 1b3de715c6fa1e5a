import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadPack } from '@kept/core';
import mongoose from 'mongoose';
import { mongoData } from '../../packages/core/src/adapters/data/mongoData.ts';
import type { PersonalDataSource, SubjectPage } from '../../packages/core/src/engine/ports/personalDataSource.ts';
import { type House, house } from './house.ts';

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

/** All pages of this size, each begun from a cursor that went through the database. */
async function pages(limit: number): Promise<SubjectPage['subjects'][]> {
  const all: SubjectPage['subjects'][] = [];
  const cursors = the.db.collection<{ _id: string; after: unknown }>('cursors');
  for (let after: unknown; ; ) {
    const page = await source.subjects(limit, after);
    all.push(page.subjects);
    if (page.next === undefined) return all;
    await cursors.replaceOne({ _id: 'one' }, { after: page.next }, { upsert: true });
    after = (await cursors.findOne({ _id: 'one' }))?.after;
  }
}

test('everybody is met once, page by page, whatever their keys are made of', async () => {
  const keys = [
    3,
    11,
    'ann',
    'zoe',
    new mongoose.mongo.UUID(),
    new mongoose.mongo.ObjectId(),
    new mongoose.mongo.ObjectId(),
  ];
  for (const [index, key] of keys.entries()) await the.user({ _id: key, email: `p${index}@example.org` });
  for (const limit of [1, 2, 3, 100]) {
    const met = (await pages(limit)).flat();
    expect(met.map(({ subject }) => subject).sort()).toEqual(keys.map(String).sort());
  }
  expect((await pages(2)).every((page) => page.length <= 2)).toBe(true);
});

test('each comes with all addresses, and without any where there is none', async () => {
  await the.db.collection('users').deleteMany({});
  expect(await source.subjects(5)).toEqual({ subjects: [] });
  const bo = await the.user({ email: 'bo@example.org', identities: [{ provider: 'p', email: 'Bo@provider.test' }] });
  const cy = await the.user({});
  const [page = []] = await pages(5);
  expect(page).toEqual([
    { subject: bo, addresses: ['bo@example.org', 'bo@provider.test'] },
    { subject: cy, addresses: [] },
  ]);
});
