import { afterEach, expect, test } from '@jest/globals';
import { createKept, governs, loadPack, memoryFiles, memoryKeys, memoryLedger, memoryMailer } from '@kept/core';
import mongoose, { type Connection, Schema } from 'mongoose';
import { aConnection, governedHouse, governedModel, storedIn } from './governedHouse.ts';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function unbound(): Promise<Connection> {
  const { connection, close } = await aConnection();
  closing.push(close);
  return connection;
}

async function house(...given: Parameters<typeof governedHouse>): ReturnType<typeof governedHouse> {
  const opened = await governedHouse(...given);
  closing.push(opened.close);
  return opened;
}

const REFUSED = { code: 'WRITE_REFUSED' };

test('before Kept has started, governed models read, write and remove nothing', async () => {
  const users = governedModel(await unbound(), 'users');
  for (const use of [
    () => users.create({ name: 'Mara' }),
    () => users.findOne({}),
    () => users.find({}),
    () => users.countDocuments(),
    () => users.aggregate([{ $match: {} }]),
    () => users.deleteMany({}),
    () => users.bulkWrite([{ deleteMany: { filter: {} } }]),
  ]) {
    await expect((async () => use())()).rejects.toMatchObject({ code: 'GUARD_NOT_READY_REFUSED', place: 'users' });
  }
});

test('their indexes can be made before', async () => {
  const connection = await unbound();
  const schema = new Schema({ email: String }, { collection: 'users' });
  schema.index({ email: 1 });
  await connection.model('User', schema.plugin(governs('users'))).init();
  expect(await connection.db?.collection('users').indexes()).toHaveLength(2);
});

test('a Kept on one database binds no other, though both are reached by one client', async () => {
  const { connection } = await house();
  const other = connection.useDb(`${connection.name}_other`);
  await expect(governedModel(other, 'users').create({ name: 'Mara' })).rejects.toMatchObject({
    code: 'GUARD_NOT_READY_REFUSED',
  });
  const same = connection.useDb(connection.name);
  await governedModel(same, 'users').create({ name: 'Mara' });
});

test('several Kepts guard their own databases by their own policies', async () => {
  const [first, second] = await Promise.all([house(), house({ mode: 'observe' })]);
  await expect(first.model('users').create({ nickname: 'M' })).rejects.toMatchObject(REFUSED);
  await second.model('users').create({ nickname: 'M' });
});

test('two services on one database are each guarded by the one that knows the collection', async () => {
  const { connection, model } = await house();
  await createKept({
    policy: await loadPack('seedream4'),
    data: connection,
    files: { media: memoryFiles() },
    keys: memoryKeys(),
    ledger: memoryLedger(),
    mail: memoryMailer(),
    publicUrl: 'https://other.test/privacy',
    mode: 'enforce',
  });
  await model('users').create({ name: 'Mara' });
  await model('visitors').create({ country: 'DE' });
  await expect(model('visitors').create({ name: 'Mara' })).rejects.toMatchObject(REFUSED);
});

test('a Kept that starts anew on the database takes over', async () => {
  const opened = await house();
  const users = opened.model('users');
  await expect(users.create({ nickname: 'M' })).rejects.toMatchObject(REFUSED);
  await opened.restart({ mode: 'observe' });
  await users.create({ nickname: 'M' });
});

test('a collection that the inventory does not have takes nothing', async () => {
  const { model } = await house();
  await expect(model('wishes').create({ text: 'a boat' })).rejects.toMatchObject({ ...REFUSED, place: 'wishes' });
});

test('a model that is governed by another name than its collection is refused as it is made', async () => {
  const connection = await unbound();
  const schema = new Schema({}, { collection: 'people' }).plugin(governs('users'));
  expect(() => connection.model('User', schema)).toThrow(/another collection/);
});

test('discriminators, models without init and models on other connections are guarded alike', async () => {
  const { connection, stored } = await house();
  const schema = new Schema({ name: String }, { collection: 'users', strict: false }).plugin(governs('users'));
  const User = connection.model('User', schema);
  const Friend = User.discriminator('Friend', new Schema({ nickname: String }));
  await Friend.create({ name: 'Mara' });
  await expect(Friend.create({ nickname: 'M' } as never)).rejects.toMatchObject(REFUSED);
  await expect(Friend.insertMany([{ nickname: 'M' }] as never)).rejects.toMatchObject(REFUSED);
  const past = connection.bulkWrite([{ model: Friend, name: 'insertOne', document: { nickname: 'M' } }] as never);
  await expect(past).rejects.toMatchObject(REFUSED);

  const { connection: second } = await house();
  const Moved = connection.model('Moved', schema.clone()).useConnection(second);
  await expect(Moved.create({ nickname: 'M' } as never)).rejects.toMatchObject(REFUSED);
  await expect(Moved.updateOne({}, { $set: { nickname: 'M' } } as never, { upsert: true })).rejects.toMatchObject(
    REFUSED,
  );

  const silent = mongoose.createConnection();
  const Quiet = silent.model('Quiet', schema.clone(), 'users', { init: false } as never);
  await silent.openUri(String(process.env.KEPT_TEST_MONGODB_URI), { dbName: connection.name });
  closing.push(() => silent.close());
  await expect(Quiet.create({ nickname: 'M' } as never)).rejects.toMatchObject({ code: 'GUARD_NOT_READY_REFUSED' });
  expect(await stored('users')).toMatchObject([{ name: 'Mara', __t: 'Friend' }]);
});

test('what goes to the driver itself is not seen: that is for the scan to find', async () => {
  const { connection, model } = await house();
  model('users');
  await connection.db?.collection('users').insertOne({ nickname: 'M' });
  expect(await storedIn(connection, 'users')).toHaveLength(1);
});
