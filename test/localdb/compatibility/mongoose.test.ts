import { afterAll, beforeAll, expect } from '@jest/globals';
import mongoose from 'mongoose';
import { compatibility, item, numbered } from './support/scene.ts';

const { uri, db } = compatibility('mongoose');
const connection = mongoose.createConnection(uri, { dbName: db.databaseName });

const Organisation = connection.model('Organisation', new mongoose.Schema({ name: String }));
const User = connection.model(
  'User',
  new mongoose.Schema(
    {
      email: { type: String, unique: true },
      name: String,
      age: Number,
      tags: [String],
      at: { type: Date, index: true },
      organisation: { type: mongoose.Schema.Types.ObjectId, ref: 'Organisation' },
      nested: { a: Number },
      map: { type: Map, of: Number },
      decimal: mongoose.Schema.Types.Decimal128,
      bytes: Buffer,
    },
    { timestamps: true, optimisticConcurrency: true },
  ),
);

beforeAll(async () => {
  await connection.asPromise();
});
afterAll(async () => {
  await connection.close();
});

item('mongoose init() builds indexes (autoIndex)', async () => {
  await User.init();

  const indexes = await User.collection.indexes();

  expect(indexes).toContainEqual(expect.objectContaining({ name: 'email_1', unique: true }));
  expect(indexes).toContainEqual(expect.objectContaining({ name: 'at_1' }));
});

item('mongoose create/save/populate/lean', async () => {
  const organisation = await Organisation.create({ name: 'o' });
  const created = await User.create({
    ...{ email: 'a@x', name: 'A', age: 3, tags: ['t'], organisation: organisation._id, map: new Map([['k', 1]]) },
    ...{ decimal: new mongoose.Types.Decimal128('1.50'), bytes: Buffer.from('hi'), at: new Date() },
  });

  const found = await User.findById(created.id).populate<{ organisation: { name: string } }>('organisation').orFail();
  expect(found.organisation.name).toBe('o');
  expect(found.map?.get('k')).toBe(1);
  expect(String(found.decimal)).toBe('1.50');
  expect(String(found.bytes)).toBe('hi');

  found.age = 4;
  found.tags.push('z');
  await found.save();
  const lean = await User.findOne({ email: 'a@x' }).lean().orFail();
  expect(lean.tags).toEqual(['t', 'z']);
  expect(lean.__v).toBe(1);
});

item('mongoose VersionError on stale save', async () => {
  const first = await User.findOne().orFail();
  const second = await User.findOne().orFail();
  first.age = 10;
  await first.save();

  second.age = 11;
  await expect(second.save()).rejects.toMatchObject({ name: 'VersionError' });
});

item('mongoose duplicate key -> E11000 keyPattern/keyValue', async () => {
  await expect(User.create({ email: 'a@x' })).rejects.toMatchObject({
    code: 11000,
    keyPattern: { email: 1 },
    keyValue: { email: 'a@x' },
    message: expect.stringMatching(/E11000 duplicate key error collection: \S+ index: email_1 dup key/),
  });
});

item('mongoose syncIndexes / diffIndexes', async () => {
  expect(await User.diffIndexes()).toEqual({ toDrop: [], toCreate: [] });

  await User.collection.createIndex({ zzz: 1 });
  expect(await User.syncIndexes()).toEqual(['zzz_1']);
});

item('mongoose cursor + countDocuments + distinct + exists', async () => {
  await User.insertMany(numbered(20, (i) => ({ email: `u${i}@x`, age: i })));

  let read = 0;
  for await (const _ of User.find({ age: { $gte: 0 } })
    .batchSize(3)
    .cursor())
    read++;

  expect(read).toBe(await User.countDocuments({ age: { $gte: 0 } }));
  expect((await User.distinct('age')).length).toBeGreaterThanOrEqual(20);
  expect(await User.exists({ email: 'u1@x' })).not.toBeNull();
});

item('mongoose connection.transaction() resets docs on abort', async () => {
  const before = await User.countDocuments();
  const createOne = async (session: mongoose.ClientSession): Promise<void> => {
    await User.create([{ email: 'tx@x' }], { session });
  };

  const aborted = connection.transaction(async (session) => {
    await createOne(session);
    throw new Error('change of mind');
  });
  await expect(aborted).rejects.toThrow('change of mind');
  expect(await User.countDocuments()).toBe(before);

  await connection.transaction(createOne);
  expect(await User.countDocuments()).toBe(before + 1);
});
