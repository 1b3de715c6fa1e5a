import { expect } from '@jest/globals';
import { compatibility, item, pause } from './support/scene.ts';

const { client, db, fresh } = compatibility('collections');

item('$jsonSchema validator on create', async () => {
  const validator = { $jsonSchema: { required: ['a'], properties: { a: { bsonType: 'int' } } } };
  const checked = await db.createCollection('checked', { validator });
  await checked.insertOne({ a: 1 });

  await expect(checked.insertOne({ b: 1 })).rejects.toMatchObject({ code: 121 });
});

item('change stream', async () => {
  const watched = fresh();
  await watched.insertOne({ _id: 0 });
  const stream = watched.watch();
  try {
    const next = stream.next();
    next.catch(() => {});
    await pause(300);
    await watched.insertOne({ _id: 1 });

    expect((await next).operationType).toBe('insert');
  } finally {
    await stream.close();
  }
});

item('capped collection', async () => {
  const capped = await db.createCollection('capped', { capped: true, size: 4096, max: 3 });
  await capped.insertMany([1, 2, 3, 4, 5].map((i) => ({ i })));

  expect(await capped.countDocuments()).toBe(3);
});

item('view (viewOn + pipeline)', async () => {
  const orders = fresh();
  await orders.insertMany([{ u: 1 }, { u: 1 }, { u: 2 }]);
  await db.createCollection('view', { viewOn: orders.collectionName, pipeline: [{ $match: { u: 1 } }] });

  expect(await db.collection('view').countDocuments()).toBe(2);
});

item('explain()', async () => {
  const things = fresh();
  await things.insertOne({ a: 1 });

  const plan = await things.find({ a: 1 }).explain();

  expect(plan.queryPlanner ?? plan.stages).toBeTruthy();
});

item('readConcern majority / writeConcern majority, j / readPreference accepted', async () => {
  const safe = db.collection('safe', { readConcern: { level: 'majority' }, writeConcern: { w: 'majority', j: true } });
  await safe.insertOne({ a: 1 });

  expect(await safe.countDocuments({}, { readPreference: 'secondaryPreferred' })).toBe(1);
});

item('listCollections filter / rename / drop / listDatabases', async () => {
  await db.createCollection('rename_me');
  expect(await db.listCollections({ name: 'rename_me' }).toArray()).toHaveLength(1);

  await db.collection('rename_me').rename('renamed');
  expect((await db.listCollections({ name: /^rename/ }).toArray()).map(({ name }) => name)).toEqual(['renamed']);

  expect(await db.dropCollection('renamed')).toBe(true);
  await db.createCollection('remains');
  const { databases } = await client.db().admin().listDatabases();
  expect(databases.map(({ name }) => name)).toContain(db.databaseName);
});

item('errors: unknown operator, bad pipeline stage, bad regex -> MongoServerError', async () => {
  const things = fresh();
  await things.insertOne({ a: 'x' });
  const wrong = [
    () => things.find({ a: { $nope: 1 } }).toArray(),
    () => things.aggregate([{ $nope: 1 }]).toArray(),
    () => things.updateOne({}, { $nope: { a: 1 } }),
    () => things.find({ a: { $regex: '(' } }).toArray(),
  ];

  for (const attempt of wrong) {
    const error = await attempt().catch((failure) => failure);
    expect(error.name).toBe('MongoServerError');
    expect(error.code).toBeGreaterThan(1);
  }
});
