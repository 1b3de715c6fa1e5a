import { expect } from '@jest/globals';
import type { AbstractCursor } from 'mongodb';
import { compatibility, item, numbered } from './support/scene.ts';

const { fresh } = compatibility('cursors');

async function lengthOf(cursor: AbstractCursor<unknown>): Promise<number> {
  let length = 0;
  for await (const _ of cursor) length++;
  return length;
}

item('cursor over many batches (5000 docs, batch 100, sorted by unindexed) + close early', async () => {
  const shuffled = fresh();
  await shuffled.insertMany(numbered(5000, (i) => ({ _id: i, r: (i * 7919) % 5000, pad: 'x'.repeat(200) })));

  const order: number[] = [];
  for await (const { r } of shuffled.find().sort({ r: 1 }).batchSize(100)) order.push(r);
  expect(order).toEqual(numbered(5000, (i) => i));

  const abandoned = shuffled.find().batchSize(10);
  await abandoned.next();
  await abandoned.close();
  expect(await lengthOf(shuffled.aggregate([{ $match: { r: { $gte: 0 } } }], { batchSize: 500 }))).toBe(5000);
});

item('20 interleaved cursors', async () => {
  const many = fresh();
  await many.insertMany(numbered(1000, (i) => ({ _id: i })));

  const lengths = await Promise.all(numbered(20, () => lengthOf(many.find().sort({ _id: -1 }).batchSize(50))));

  expect(lengths).toEqual(numbered(20, () => 1000));
});

item('cursor survives concurrent deletes/inserts', async () => {
  const changing = fresh();
  await changing.insertMany(numbered(2000, (i) => ({ _id: i })));

  let seen = 0;
  for await (const _ of changing.find({ _id: { $gte: 0 } }).batchSize(50)) {
    seen++;
    if (seen === 100) {
      await changing.deleteMany({ _id: { $gte: 1900 } });
      await changing.insertOne({ _id: -5 });
    }
  }

  expect(seen).toBeGreaterThanOrEqual(1900);
  expect(seen).toBeLessThanOrEqual(2000);
});
