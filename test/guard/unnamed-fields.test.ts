import { afterEach, expect, test } from '@jest/globals';
import { loadPack, type Policy, settableClock } from '@kept/core';
import { Schema } from 'mongoose';
import { becomesActive, versionWith } from '../engine/newVersion.ts';
import { START } from '../support/scene.ts';
import { type GovernedHouse, governedHouse } from './governedHouse.ts';

const opened: GovernedHouse[] = [];

afterEach(async () => {
  for (const house of opened.splice(0)) await house.close();
});

async function house(...given: Parameters<typeof governedHouse>): Promise<GovernedHouse> {
  const one = await governedHouse(...given);
  opened.push(one);
  return one;
}

const REFUSED = { code: 'WRITE_REFUSED' };

test('a rule that observes lets them through and tells of each place once, with how often it was', async () => {
  const { model, stored, findings } = await house({ mode: 'observe' });
  const users = model('users', { nickname: String, prefs: Schema.Types.Mixed });
  await users.create({ name: 'Mara', nickname: 'M' });
  await users.insertMany([{ nickname: 'J' }, { nickname: 'K' }]);
  await users.updateOne({ name: 'Mara' }, { $set: { 'prefs.mail': true } });
  expect(await stored('users')).toHaveLength(3);
  expect(await findings()).toEqual(
    expect.arrayContaining([
      { code: 'FIELD_UNLISTED', place: 'users.nickname', times: 2 },
      { code: 'FIELD_UNLISTED', place: 'users.prefs.*', times: 1 },
    ]),
  );
});

test('the rule that closes the list is the one whose mode counts, and the refusal names it with its clause', async () => {
  const { model } = await house({ mode: { 'never.unlisted-purpose': 'enforce' } });
  await expect(model('users').create({ nickname: 'M' })).rejects.toMatchObject({
    ...REFUSED,
    message: expect.stringContaining('never.unlisted-purpose, sdance-ai.retention.as-necessary'),
    remedy: expect.stringContaining('collections.users.fields'),
  });
  const other = await house({ mode: { 'never.sale': 'enforce' } });
  await other.model('users').create({ nickname: 'M' });
});

test('names that people made up are told of nowhere', async () => {
  const { model, findings } = await house({ mode: 'observe' });
  const users = model('users', { prefs: { type: Map, of: String } });
  await users.create({ name: 'Mara', prefs: { 'mara lind': 'x' }, 'jonas weber': 1 } as never);
  expect(JSON.stringify(await findings())).not.toMatch(/mara|jonas/i);
});

test('even a rule that observes lets no card number and no key through', async () => {
  const { model } = await house({ mode: 'observe' });
  await expect(model('users').create({ nickname: '4111 1111 1111 1111' })).rejects.toMatchObject(REFUSED);
  await expect(model('users').create({ nickname: `sdk_${'a'.repeat(30)}` })).rejects.toMatchObject(REFUSED);
  await expect(model('users').create({ passwordHash: 'clear' })).rejects.toMatchObject(REFUSED);
});

test('what the library writes on its own account, keys, dates and the way to the person need no category', async () => {
  const { model } = await house();
  const parent = await model('generations').create({ prompt: 'a koi' });
  await model('generations').create({ userId: parent._id, parentId: parent._id, createdAt: START, savedAt: null });
  const nested = model('users', { identities: [new Schema({ provider: String })] }, { versionKey: 'revision' });
  await nested.create({ identities: [{ provider: 'x' }] });
  await expect(nested.create({ identities: [{ provider: 'x', _id: 'a name' }] } as never)).rejects.toThrow();
});

test('a field of a category that nobody may hold is refused, whatever stands in it', async () => {
  const pack = await loadPack('sdance-ai');
  const collections = pack.inventory.collections.map((one) =>
    one.name === 'payments'
      ? { ...one, fields: [...one.fields, { path: 'card', category: 'payment.card', export: 'never' as const }] }
      : one,
  );
  const policy: Policy = { ...pack, hash: 'c'.repeat(64), inventory: { ...pack.inventory, collections } };
  const { model } = await house({ policy, mode: 'observe' });
  const refused = { ...REFUSED, message: expect.stringContaining('sdance-ai.never.card-number') };
  for (const card of ['none', { brand: 'visa' }, [1]]) {
    await expect(model('payments').create({ card })).rejects.toMatchObject(refused);
    await expect(
      model('payments').updateMany({}, [{ $set: { card: '$last4' } }], { updatePipeline: true }),
    ).rejects.toMatchObject(refused);
  }
  await model('payments').create({ card: null });
});

test('another version of the policy counts from the next write after this process has heard of it', async () => {
  const clock = settableClock(START);
  const { model, kept } = await house({ clock });
  const users = model('users');
  await expect(users.create({ nickname: 'M' })).rejects.toMatchObject(REFUSED);
  const next = versionWith(2);
  const collections = next.inventory.collections.map((one) =>
    one.name === 'users'
      ? {
          ...one,
          fields: [...one.fields, { path: 'nickname', category: 'account.profile', export: 'always' as const }],
        }
      : one,
  );
  await becomesActive({ clock }, kept, { ...next, inventory: { ...next.inventory, collections } });
  await kept.consents.history('anybody');
  await users.create({ nickname: 'M' });
});

test('queries run no code, name no prototype, and write into no governed collection', async () => {
  const { model } = await house();
  const users = model('users');
  model('generations');
  const refused = { code: 'QUERY_REFUSED' };
  for (const filter of [
    { $where: 'true' },
    { $and: [{ name: { $not: { $where: () => true } } }] },
    { $expr: { $function: { body: 'x', args: [], lang: 'js' } } },
    JSON.parse('{"__proto__":{"x":1}}'),
    { 'constructor.name': 'x' },
    { $or: [{ _bsontype: 'ObjectId', $where: 'true' }] },
  ]) {
    await expect(users.collection.find(filter as never).toArray()).rejects.toMatchObject(refused);
  }
  await expect(users.find({ $where: 'true' }).cursor().next()).rejects.toMatchObject(refused);
  await expect(users.find({ $where: 'true' })).rejects.toMatchObject(refused);
  await expect(users.collection.count({ $where: 'true' })).rejects.toMatchObject(refused);
  await expect(users.deleteMany({ $where: 'true' })).rejects.toMatchObject(refused);
  await expect(users.updateMany({ $where: 'true' }, { $set: { name: 'x' } })).rejects.toMatchObject(refused);
  await expect(
    users.countDocuments({ $expr: { $function: { body: 'x', args: [], lang: 'js' } } }),
  ).rejects.toMatchObject(refused);
  for (const stage of [
    { $out: 'users' },
    { $out: { db: 'x', coll: 'generations' } },
    { $merge: 'payments' },
    { $merge: { into: 'users' } },
    { $merge: { into: { db: 'x', coll: 'users' } } },
    {
      $group: {
        _id: 1,
        all: { $accumulator: { init: 'x', accumulate: 'x', accumulateArgs: [], merge: 'x', lang: 'js' } },
      },
    },
  ]) {
    await expect(users.aggregate([{ $match: {} }, stage as never])).rejects.toMatchObject(refused);
    await expect(
      users
        .aggregate([stage as never])
        .cursor()
        .next(),
    ).rejects.toMatchObject(refused);
  }
});

test('erasing goes on, whatever the records hold', async () => {
  const { model, connection, stored } = await house();
  await connection.db
    ?.collection('users')
    .insertMany([{ nickname: 'M' }, { nickname: '4111 1111 1111 1111' }, { name: 'x' }]);
  const users = model('users');
  await users.deleteOne({ nickname: 'M' });
  await users.findOneAndDelete({ name: 'x' });
  await users.bulkWrite([{ deleteMany: { filter: {} } }]);
  expect(await stored('users')).toEqual([]);
});

test('builders of the driver collect writes that nothing looks at, and are refused', async () => {
  const { model } = await house();
  expect(() => model('users').collection.initializeOrderedBulkOp()).toThrow(/collects writes/);
});

test('a refusal hangs no documents on its error', async () => {
  const { model } = await house();
  const write = model('users').insertMany([{ name: '4111 1111 1111 1111' }], { ordered: false, rawResult: true });
  const error = await write.catch((thrown: unknown) => thrown as Error);
  expect(JSON.stringify(error) + Object.values(error).join() + (error as Error).stack).not.toContain('4111');
});
