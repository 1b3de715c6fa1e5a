import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadPack } from '@kept/core';
import mongoose from 'mongoose';
import { mongoData } from '../../packages/core/src/adapters/data/mongoData.ts';
import type { PersonalDataSource } from '../../packages/core/src/engine/ports/personalDataSource.ts';
import { aDatabase, type Database } from './aDatabase.ts';

const { ObjectId } = mongoose.mongo;
const MANY = 5_500;
const ann = new ObjectId();

let the: Database;
let source: PersonalDataSource;
/** Documents in the largest reply since somebody last looked. */
let largest = 0;

beforeAll(async () => {
  the = await aDatabase();
  const policy = await loadPack('sdance-ai');
  source = mongoData(
    () => the.db,
    () => policy,
  );
  const shared = 'uploads/shared.png';
  const videos = Array.from({ length: MANY }, (_, n) => ({
    userId: ann,
    outputs: [{ file: `generations/${n}.mp4` }],
    references: [{ file: shared }],
  }));
  await the.db.collection('generations').insertMany(videos);
  the.client.on('commandSucceeded', ({ reply }) => {
    const { firstBatch = [], nextBatch = [] } = (reply as mongoose.mongo.Document).cursor ?? {};
    largest = Math.max(largest, firstBatch.length, nextBatch.length);
  });
});
afterAll(() => the.close());

async function largestOf<T>(work: Promise<T>): Promise<{ answer: T; largest: number }> {
  largest = 0;
  const answer = await work;
  return { answer, largest };
}

test('what there is of somebody with very much is counted without holding it', async () => {
  const { answer, largest: most } = await largestOf(source.survey(String(ann)));
  expect(answer.find(({ collection }) => collection === 'generations')).toMatchObject({
    count: MANY,
    files: MANY + 1,
  });
  expect(most).toBeLessThanOrEqual(5_000);
});

test('whether a file that very many records share is still held is found out without holding them', async () => {
  const files = [{ store: 'media', key: 'uploads/shared.png' }];
  const { answer, largest: most } = await largestOf(source.stillReferenced(files));
  expect(answer).toEqual(files);
  expect(most).toBeLessThanOrEqual(1_000);
});

test('no more records come than were asked for, and those that come are each another one', async () => {
  const { answer, largest: most } = await largestOf(source.recordsOf(String(ann), 'generations', 700));
  expect(new Set(answer.map(({ id }) => String(id))).size).toBe(700);
  expect(most).toBe(700);
});
