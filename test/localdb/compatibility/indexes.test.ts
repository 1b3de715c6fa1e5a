import { expect } from '@jest/globals';
import { compatibility, item } from './support/scene.ts';

const { fresh } = compatibility('indexes');
const duplicate = { code: 11000 };

item('unique index (compound) rejects', async () => {
  const pairs = fresh();
  await pairs.createIndex({ a: 1, b: 1 }, { unique: true });
  await pairs.insertOne({ a: 1, b: 1 });
  await pairs.insertOne({ a: 1, b: 2 });

  await expect(pairs.insertOne({ a: 1, b: 1 })).rejects.toMatchObject(duplicate);
});

item('unique index on existing dup data fails 11000', async () => {
  const twins = fresh();
  await twins.insertMany([{ a: 1 }, { a: 1 }]);

  await expect(twins.createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject(duplicate);
});

item('partial unique index', async () => {
  const living = fresh();
  await living.createIndex({ k: 1 }, { unique: true, partialFilterExpression: { live: true } });
  await living.insertMany([
    { k: 1, live: false },
    { k: 1, live: false },
    { k: 1, live: true },
  ]);

  await expect(living.insertOne({ k: 1, live: true })).rejects.toMatchObject(duplicate);
  await expect(living.updateOne({ live: false }, { $set: { live: true } })).rejects.toMatchObject(duplicate);
});

item('partial unique with $exists/$type filter', async () => {
  const texts = fresh();
  await texts.createIndex({ k: 1 }, { unique: true, partialFilterExpression: { k: { $type: 'string' } } });
  await texts.insertMany([{ k: null }, { k: null }, { k: 'a' }]);
  await expect(texts.insertOne({ k: 'a' })).rejects.toMatchObject(duplicate);

  const present = fresh();
  await present.createIndex({ k: 1 }, { unique: true, partialFilterExpression: { k: { $exists: true } } });
  await present.insertMany([{ x: 1 }, { x: 1 }, { k: 'a' }]);
  await expect(present.insertOne({ k: 'a' })).rejects.toMatchObject(duplicate);
});

item('sparse unique index', async () => {
  const sparse = fresh();
  await sparse.createIndex({ s: 1 }, { unique: true, sparse: true });
  await sparse.insertMany([{ x: 1 }, { x: 2 }, { s: 1 }]);

  await expect(sparse.insertOne({ s: 1 })).rejects.toMatchObject(duplicate);
});

item('multikey unique index', async () => {
  const lists = fresh();
  await lists.createIndex({ s: 1 }, { unique: true });
  await lists.insertOne({ s: [1, 2] });

  await expect(lists.insertOne({ s: 2 })).rejects.toMatchObject(duplicate);
});

item('createIndex on a collection with data, list, conflict 85/86, drop', async () => {
  const indexed = fresh();
  await indexed.insertOne({ a: 1 });
  await indexed.createIndex({ a: 1 });
  await indexed.createIndex({ b: -1, c: 1 }, { name: 'bc' });
  expect((await indexed.indexes()).map((index) => index.name).sort()).toEqual(['_id_', 'a_1', 'bc']);

  const conflict = await indexed.createIndex({ a: -1 }, { name: 'a_1' }).catch((error) => error.code);
  expect([85, 86]).toContain(conflict);

  await indexed.dropIndex('bc');
  expect(await indexed.indexes()).toHaveLength(2);
  await expect(indexed.dropIndex('nope')).rejects.toMatchObject({ code: 27 });
});
