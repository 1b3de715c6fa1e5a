import { expect } from '@jest/globals';
import type { MongoBulkWriteError } from 'mongodb';
import { type Anything, compatibility, item, numbered } from './support/scene.ts';

const { fresh } = compatibility('writes');

const failureOf = (work: Promise<unknown>): Promise<MongoBulkWriteError> =>
  work.then(
    () => {
      throw new Error('it went through');
    },
    (error) => error,
  );
const errorsOf = (error: MongoBulkWriteError): { index: number }[] => [error.writeErrors].flat();

item('insertMany ordered:false keeps going, writeErrors', async () => {
  const numbers = fresh();
  const error = await failureOf(numbers.insertMany([{ _id: 1 }, { _id: 1 }, { _id: 2 }], { ordered: false }));

  expect(error.code).toBe(11000);
  expect(error.result.insertedCount).toBe(2);
  expect(errorsOf(error)[0]?.index).toBe(1);
});

item('insertMany ordered stops', async () => {
  const numbers = fresh();
  const error = await failureOf(numbers.insertMany([{ _id: 1 }, { _id: 1 }, { _id: 2 }]));

  expect(error.code).toBe(11000);
  expect(await numbers.countDocuments()).toBe(1);
});

item(
  'updateMany $set $unset $push($each,$slice,$sort) $inc $min $max $mul $rename $addToSet $pull $pop $currentDate',
  async () => {
    const things = fresh();
    const first = { _id: 1 };
    await things.insertMany([
      { _id: 1, a: 1, l: [3, 1], x: 1 },
      { _id: 2, a: 2, l: [], x: 1 },
    ]);

    const { matchedCount, modifiedCount } = await things.updateMany(
      {},
      {
        $set: { s: 1, 'n.m': 2 },
        $unset: { x: '' },
        $inc: { a: 5, fresh: 1 },
        $push: { l: { $each: [9, 7], $sort: -1, $slice: 3 } } as Anything,
        $currentDate: { changed: true },
      },
    );
    expect([matchedCount, modifiedCount]).toEqual([2, 2]);
    const { changed, ...rest } = (await things.findOne(first)) ?? {};
    expect(Number.isFinite(changed.getTime())).toBe(true);
    expect(rest).toEqual({ _id: 1, a: 6, l: [9, 7, 3], s: 1, n: { m: 2 }, fresh: 1 });

    await things.updateOne(first, {
      $min: { a: 2 },
      $max: { s: 8 },
      $mul: { fresh: 4 },
      $rename: { n: 'nn' },
      $addToSet: { l: { $each: [9, 10] } },
    });
    expect(await things.findOne(first, { projection: { changed: 0 } })).toEqual({
      ...{ _id: 1, a: 2, l: [9, 7, 3, 10], s: 8, fresh: 4, nn: { m: 2 } },
    });

    await things.updateOne(first, { $pull: { l: { $gt: 8 } } as Anything });
    expect((await things.findOne(first))?.l).toEqual([7, 3]);
    await things.updateOne(first, { $pop: { l: 1 } });
    expect((await things.findOne(first))?.l).toEqual([7]);
  },
);

item('positional $, $[], $[f] + arrayFilters', async () => {
  const graded = fresh();
  await graded.insertOne({
    _id: 1,
    g: [
      { k: 1, v: 1 },
      { k: 2, v: 1 },
    ],
  });

  await graded.updateOne({ _id: 1, 'g.k': 2 }, { $set: { 'g.$.v': 5 } });
  await graded.updateOne({ _id: 1 }, { $inc: { 'g.$[].v': 1 } });
  await graded.updateOne({ _id: 1 }, { $set: { 'g.$[e].v': 0 } }, { arrayFilters: [{ 'e.k': 1 }] });

  expect((await graded.findOne())?.g).toEqual([
    { k: 1, v: 0 },
    { k: 2, v: 6 },
  ]);
});

item('upsert + $setOnInsert, replaceOne, pipeline update', async () => {
  const things = fresh();
  const seen = (): Promise<unknown> => things.findOne({}, { projection: { _id: 0 } });

  const inserted = await things.updateOne(
    { k: 'a', n: { $gt: 1 } },
    { $set: { v: 1 }, $setOnInsert: { born: 1 } },
    { upsert: true },
  );
  expect(inserted.upsertedId).toBeTruthy();
  await things.updateOne({ k: 'a' }, { $set: { v: 2 }, $setOnInsert: { born: 2 } }, { upsert: true });
  expect(await seen()).toEqual({ k: 'a', v: 2, born: 1 });

  await things.updateMany({ k: 'a' }, [
    { $set: { w: { $add: ['$v', 10] }, t: { $cond: [{ $gt: ['$v', 1] }, 'big', 'small'] } } },
    { $unset: 'born' },
  ]);
  expect(await seen()).toEqual({ k: 'a', v: 2, w: 12, t: 'big' });

  await things.replaceOne({ k: 'a' }, { k: 'b' });
  expect(await seen()).toEqual({ k: 'b' });
});

item('findOneAndUpdate upsert+sort+returnDocument+projection', async () => {
  const queue = fresh();
  await queue.insertMany([
    { _id: 1, p: 2 },
    { _id: 2, p: 1 },
  ]);
  const taken = { $set: { taken: true } };

  const before = await queue.findOneAndUpdate({}, taken, { sort: { p: 1 } });
  expect(before).toEqual({ _id: 2, p: 1 });
  const after = await queue.findOneAndUpdate({ taken: { $ne: true } }, taken, {
    returnDocument: 'after',
    projection: { p: 0 },
  });
  expect(after).toEqual({ _id: 1, taken: true });
  const options = { upsert: true, returnDocument: 'after', includeResultMetadata: true } as const;
  const made = await queue.findOneAndUpdate({ _id: 9 }, { $setOnInsert: { v: 1 } }, options);
  expect(made).toMatchObject({ lastErrorObject: { updatedExisting: false, upserted: 9 }, value: { _id: 9, v: 1 } });
  expect(await queue.findOneAndUpdate({ _id: 10 }, { $set: { v: 1 } })).toBeNull();
  expect(await queue.findOneAndDelete({ _id: 9 })).toEqual({ _id: 9, v: 1 });
});

item('modifiedCount 0 on no-op update', async () => {
  const things = fresh();
  await things.insertOne({ _id: 1, a: 1 });

  const { matchedCount, modifiedCount } = await things.updateOne({ _id: 1 }, { $set: { a: 1 } });

  expect([matchedCount, modifiedCount]).toEqual([1, 0]);
});

item('immutable _id update -> 66', async () => {
  const things = fresh();
  await things.insertOne({ _id: 1 });

  await expect(things.updateOne({ _id: 1 }, { $set: { _id: 2 } })).rejects.toMatchObject({ code: 66 });
});

item('bulkWrite mixed ordered', async () => {
  const things = fresh();
  const result = await things.bulkWrite([
    { insertOne: { document: { _id: 1, a: 1 } } },
    { insertOne: { document: { _id: 2, a: 1 } } },
    { updateOne: { filter: { _id: 1 }, update: { $inc: { a: 1 } } } },
    { updateMany: { filter: {}, update: { $set: { seen: true } } } },
    { replaceOne: { filter: { _id: 3 }, replacement: { a: 9 }, upsert: true } },
    { deleteOne: { filter: { _id: 2 } } },
  ]);

  expect(result).toMatchObject({
    insertedCount: 2,
    matchedCount: 3,
    modifiedCount: 3,
    upsertedCount: 1,
    deletedCount: 1,
  });
  expect(await things.find().sort({ _id: 1 }).toArray()).toEqual([
    { _id: 1, a: 2, seen: true },
    { _id: 3, a: 9 },
  ]);
});

item('bulkWrite unordered with dup reports index', async () => {
  const insert = (id: number): { insertOne: { document: { _id: number } } } => ({
    insertOne: { document: { _id: id } },
  });
  const error = await failureOf(fresh().bulkWrite([insert(1), insert(1), insert(2)], { ordered: false }));

  expect(error.code).toBe(11000);
  expect(errorsOf(error)[0]?.index).toBe(1);
  expect(error.result.insertedCount).toBe(2);
});

item('concurrent upserts on unique key: 1 doc', async () => {
  const counters = fresh();
  await counters.createIndex({ k: 1 }, { unique: true });
  const attempts = await Promise.allSettled(
    numbered(20, () => counters.updateOne({ k: 'x' }, { $inc: { n: 1 } }, { upsert: true })),
  );

  const refused = attempts.filter((attempt) => attempt.status === 'rejected');
  for (const { reason } of refused) expect(reason).toMatchObject({ code: 11000 });
  expect(await counters.countDocuments()).toBe(1);
  expect((await counters.findOne())?.n).toBe(20 - refused.length);
});

item('concurrent $inc x200 is atomic', async () => {
  const counters = fresh();
  await counters.insertOne({ _id: 1, n: 0 });
  await Promise.all(numbered(200, () => counters.updateOne({ _id: 1 }, { $inc: { n: 1 } })));

  expect((await counters.findOne())?.n).toBe(200);
});

item('concurrent findOneAndUpdate claims: no double claim', async () => {
  const queue = fresh();
  await queue.createIndex({ s: 1, p: 1 });
  await queue.insertMany(numbered(50, (i) => ({ _id: i, s: 'new', p: i })));

  const claims = await Promise.all(
    numbered(80, () => queue.findOneAndUpdate({ s: 'new' }, { $set: { s: 'taken' } }, { sort: { p: 1 } })),
  );

  const claimed = claims.filter((job) => job !== null).map((job) => job._id);
  expect(new Set(claimed).size).toBe(claimed.length);
});
