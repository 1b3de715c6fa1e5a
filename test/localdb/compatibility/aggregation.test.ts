import { expect } from '@jest/globals';
import type { Collection, Document } from 'mongodb';
import { type Anything, compatibility, item } from './support/scene.ts';

const { db, fresh } = compatibility('aggregation');

async function shop(): Promise<{ orders: Collection<Anything>; users: Collection<Anything> }> {
  const orders = fresh();
  const users = fresh();
  await users.insertMany([
    { _id: 1, n: 'a' },
    { _id: 2, n: 'b' },
  ]);
  await orders.insertMany([
    { _id: 1, u: 1, amount: 5, tags: ['x', 'y'], at: new Date('2026-01-01') },
    { _id: 2, u: 1, amount: 7, tags: ['x'], at: new Date('2026-01-02') },
    { _id: 3, u: 2, amount: 1, tags: [], at: new Date('2026-02-01') },
  ]);
  return { orders, users };
}

const idsOf = (documents: Document[]): unknown[] => documents.map(({ _id }) => _id);

item('agg $match $group $sort $project', async () => {
  const { orders } = await shop();
  const totals = await orders
    .aggregate([
      { $match: { amount: { $gt: 0 } } },
      {
        $group: {
          ...{ _id: '$u', sum: { $sum: '$amount' }, avg: { $avg: '$amount' }, n: { $sum: 1 } },
          ...{ all: { $push: '$_id' }, max: { $max: '$amount' }, first: { $first: '$amount' } },
        },
      },
      { $sort: { _id: 1 } },
      { $project: { _id: 0, u: '$_id', sum: 1, avg: 1, n: 1, all: 1, max: 1, first: 1 } },
    ])
    .toArray();

  expect(totals).toEqual([
    { u: 1, sum: 12, avg: 6, n: 2, all: [1, 2], max: 7, first: 5 },
    { u: 2, sum: 1, avg: 1, n: 1, all: [3], max: 1, first: 1 },
  ]);
});

item('agg $lookup (eq) + $unwind', async () => {
  const { orders, users } = await shop();
  const named = await orders
    .aggregate([
      { $lookup: { from: users.collectionName, localField: 'u', foreignField: '_id', as: 'user' } },
      { $unwind: '$user' },
      { $sort: { _id: 1 } },
      { $project: { n: '$user.n' } },
    ])
    .toArray();

  expect(named).toEqual([
    { _id: 1, n: 'a' },
    { _id: 2, n: 'a' },
    { _id: 3, n: 'b' },
  ]);
});

item('agg $lookup let+pipeline', async () => {
  const { orders, users } = await shop();
  const largest = [{ $match: { $expr: { $eq: ['$u', '$$id'] } } }, { $sort: { amount: -1 } }, { $limit: 1 }];
  const found = await users
    .aggregate([
      { $lookup: { from: orders.collectionName, let: { id: '$_id' }, pipeline: largest, as: 'top' } },
      { $sort: { _id: 1 } },
    ])
    .toArray();

  expect(found.map(({ top }) => top[0]._id)).toEqual([2, 3]);
});

item('agg $facet + $count + $sortByCount', async () => {
  const { orders } = await shop();
  const [facets] = await orders
    .aggregate([{ $facet: { n: [{ $count: 'n' }], tags: [{ $unwind: '$tags' }, { $sortByCount: '$tags' }] } }])
    .toArray();

  expect(facets).toEqual({
    n: [{ n: 3 }],
    tags: [
      { _id: 'x', count: 2 },
      { _id: 'y', count: 1 },
    ],
  });
});

item('agg $bucket (counts)', async () => {
  const { orders } = await shop();
  const bucket = { groupBy: '$amount', boundaries: [0, 5, 10], output: { c: { $sum: 1 } } };

  expect(await orders.aggregate([{ $bucket: bucket }, { $sort: { _id: 1 } }]).toArray()).toEqual([
    { _id: 0, c: 1 },
    { _id: 5, c: 2 },
  ]);
});

item('agg $bucket output sorted by _id without $sort', async () => {
  const { orders } = await shop();

  expect(
    idsOf(await orders.aggregate([{ $bucket: { groupBy: '$amount', boundaries: [0, 5, 10] } }]).toArray()),
  ).toEqual([0, 5]);
});

item('agg $unwind preserveNull + includeArrayIndex', async () => {
  const { orders } = await shop();
  const rows = await orders
    .aggregate([
      { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } },
      { $sort: { _id: 1, i: 1 } },
      { $project: { tags: 1, i: 1 } },
    ])
    .toArray();

  expect(rows).toHaveLength(4);
  expect(Number(rows[1]?.i)).toBe(1);
  expect(rows[3]?.tags).toBeUndefined();
});

item('agg dates: $dateToString $dateTrunc $dateAdd $year', async () => {
  const { orders } = await shop();
  const parts = {
    text: { $dateToString: { date: '$at', format: '%Y-%m-%d' } },
    month: { $dateTrunc: { date: '$at', unit: 'month' } },
    year: { $year: '$at' },
    next: { $dateAdd: { startDate: '$at', unit: 'day', amount: 1 } },
  };

  expect(await orders.aggregate([{ $match: { _id: 2 } }, { $project: { _id: 0, ...parts } }]).toArray()).toEqual([
    { text: '2026-01-02', month: new Date('2026-01-01'), year: 2026, next: new Date('2026-01-03') },
  ]);
});

item('agg expressions: $cond $switch $map $filter $reduce $mergeObjects $arrayElemAt $concat $toString', async () => {
  const { orders } = await shop();
  const expressions = {
    cond: { $cond: ['$amount', 1, 0] },
    // biome-ignore lint/suspicious/noThenProperty: $switch wants it so.
    choice: { $switch: { branches: [{ case: { $gt: ['$amount', 6] }, then: 'high' }], default: 'low' } },
    map: { $map: { input: '$tags', as: 't', in: { $concat: ['$$t', '!'] } } },
    filter: { $filter: { input: '$tags', cond: { $eq: ['$$this', 'y'] } } },
    reduce: { $reduce: { input: '$tags', initialValue: '', in: { $concat: ['$$value', '$$this'] } } },
    merged: { $mergeObjects: [{ a: 1 }, { b: '$amount' }] },
    last: { $arrayElemAt: ['$tags', -1] },
    text: { $toString: '$amount' },
  };

  expect(await orders.aggregate([{ $match: { _id: 1 } }, { $project: { _id: 0, ...expressions } }]).toArray()).toEqual([
    {
      cond: 1,
      choice: 'low',
      map: ['x!', 'y!'],
      filter: ['y'],
      reduce: 'xy',
      merged: { a: 1, b: 5 },
      last: 'y',
      text: '5',
    },
  ]);
});

item('agg $merge (insert + merge)', async () => {
  const { orders } = await shop();
  const totals = fresh();
  await totals.insertOne({ _id: 1, keep: 1, sum: 0 });

  const merge = { into: totals.collectionName, on: '_id', whenMatched: 'merge', whenNotMatched: 'insert' };
  await orders.aggregate([{ $group: { _id: '$u', sum: { $sum: '$amount' } } }, { $merge: merge }]).toArray();

  expect(await totals.find().sort({ _id: 1 }).toArray()).toEqual([
    { _id: 1, keep: 1, sum: 12 },
    { _id: 2, sum: 1 },
  ]);
});

item('agg $out', async () => {
  const { orders } = await shop();
  await orders.aggregate([{ $match: { u: 1 } }, { $out: 'written' }]).toArray();

  expect(await db.collection('written').countDocuments()).toBe(2);
});

item('agg $unionWith', async () => {
  const { orders, users } = await shop();

  expect(await orders.aggregate([{ $unionWith: users.collectionName }]).toArray()).toHaveLength(5);
});

item('agg $graphLookup', async () => {
  const tree = fresh();
  await tree.insertMany([
    { _id: 1, parent: null },
    { _id: 2, parent: 1 },
    { _id: 3, parent: 2 },
  ]);
  const walk = {
    from: tree.collectionName,
    startWith: '$parent',
    connectFromField: 'parent',
    connectToField: '_id',
    as: 'up',
  };

  const [leaf] = await tree.aggregate([{ $match: { _id: 3 } }, { $graphLookup: walk }]).toArray();

  expect(idsOf(leaf?.up).sort()).toEqual([1, 2]);
});

item('agg $setWindowFields (running sum)', async () => {
  const { orders } = await shop();
  const running = { $sum: '$amount', window: { documents: ['unbounded', 'current'] } };
  const rows = await orders
    .aggregate([
      { $setWindowFields: { partitionBy: '$u', sortBy: { _id: 1 }, output: { running } } },
      { $sort: { _id: 1 } },
    ])
    .toArray();

  expect(rows.map((row) => row.running)).toEqual([5, 12, 1]);
});

item('agg $sample, $replaceRoot, $addFields $$NOW', async () => {
  const { orders } = await shop();
  expect(await orders.aggregate([{ $sample: { size: 2 } }]).toArray()).toHaveLength(2);

  const [row] = await orders
    .aggregate([{ $addFields: { now: '$$NOW' } }, { $replaceRoot: { newRoot: { n: '$now' } } }])
    .toArray();

  expect(Number.isFinite(row?.n.getTime())).toBe(true);
});
