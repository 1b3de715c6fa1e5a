import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { forPurpose, loadPack, type Reader } from '@kept/core';
import { type Model, Types } from 'mongoose';
import { type GovernedHouse, governedHouse, type Loose } from './governedHouse.ts';

let house: GovernedHouse;
let users: Model<Loose>;
let generations: Model<Loose>;
let apiKeys: Model<Loose>;
let apiLogs: Model<Loose>;
let staff: string;
const mara = new Types.ObjectId();
const jonas = new Types.ObjectId();
const seenAt = new Date('2026-02-17T10:00:00Z');

beforeAll(async () => {
  house = await governedHouse();
  users = house.model('users');
  generations = house.model('generations');
  apiKeys = house.model('apiKeys');
  apiLogs = house.model('apiLogs');
  const { _id } = await house.kept.staff.add({
    email: 's@x.org',
    name: 'S',
    role: 'agent',
    password: 'a quiet harbour',
  });
  staff = _id;
  const common = { country: 'DE', birthYear: 1990, seenAt, passwordHash: `scrypt:${'a'.repeat(22)}:${'b'.repeat(43)}` };
  await users.create([
    { _id: mara, email: 'mara@example.org', name: 'Mara Lind', ...common },
    { _id: jonas, email: 'jonas@example.org', name: 'Jonas Weber', ...common },
  ]);
  const createdAt = seenAt;
  await generations.create([
    { userId: mara, prompt: 'a koi', visibility: 'public', outputs: [{ file: 'a' }], createdAt },
    { userId: mara, prompt: 'a secret', visibility: 'private', outputs: [{ file: 'b' }], createdAt },
    { userId: jonas, prompt: 'a desert', visibility: 'public', outputs: [{ file: 'c' }], createdAt },
  ]);
  const keyId = new Types.ObjectId();
  await apiKeys.create({ _id: keyId, userId: jonas, name: 'k', hash: 'a'.repeat(64), last4: 'abcd', createdAt });
  await apiLogs.create([
    { keyId, at: seenAt, method: 'GET', path: '/a', status: 200, ip: '192.0.2.1', durationMs: 3 },
    { keyId: new Types.ObjectId(), at: seenAt, method: 'GET', path: '/b', status: 200, ip: '192.0.2.2', durationMs: 3 },
  ]);
});

afterAll(() => house.close());

const prompts = (records: readonly Loose[]): unknown[] => records.map(({ prompt }) => prompt).sort();

describe('what a purpose reaches', () => {
  test('fields of other categories are left out, keys and dates without one stay', async () => {
    const [record] = await users.find({ _id: mara }).setOptions(forPurpose('communication.notice'));
    expect(record).toEqual({ _id: mara, email: 'mara@example.org', name: 'Mara Lind', __v: 0 });
  });

  test('a purpose that reaches nothing of a collection reads nothing of it', async () => {
    expect(await generations.find().setOptions(forPurpose('communication.notice'))).toEqual([]);
    expect(await generations.findOne().setOptions(forPurpose('communication.notice'))).toBeNull();
  });

  test('fields that the inventory does not name are left out', async () => {
    await house.connection.db?.collection('generations').updateOne({ prompt: 'a koi' }, { $set: { mood: 'calm' } });
    const found = await generations.find({ userId: mara }).setOptions(forPurpose('service.generation'));
    expect(prompts(found)).toEqual(['a koi', 'a secret']);
    expect(JSON.stringify(found)).not.toContain('calm');
  });

  test('a selection without the key, or of other fields, changes nothing about who decides', async () => {
    const found = await generations.find().select('-_id prompt').setOptions(forPurpose('service.generation'));
    expect(prompts(found)).toEqual(['a desert', 'a koi', 'a secret']);
    expect(await generations.find().select({ _id: 0 }).setOptions(forPurpose('service.generation'))).toHaveLength(3);
    const byAnybody = await generations
      .find()
      .select('prompt')
      .setOptions(forPurpose('service.delivery', { viewer: 'public' }));
    expect(prompts(byAnybody).filter((prompt) => prompt === 'a secret')).toEqual([]);
  });

  test('records lead to their person through others; what leads to nobody is left out', async () => {
    const found = await apiLogs.find().setOptions(forPurpose('service.api'));
    expect(found.map(({ path }) => path)).toEqual(['/a']);
    expect(await house.findings()).toContainEqual({ code: 'READ_UNDETERMINED', place: 'apiLogs', times: 1 });
  });

  test('an unknown purpose is refused', async () => {
    await expect(users.find().setOptions(forPurpose('selling'))).rejects.toMatchObject({ code: 'QUESTION_INVALID' });
  });
});

describe('who reads', () => {
  test('anybody sees what its owner made public, and nothing else (part of stripe-paypal-studio.visibility.private-default)', async () => {
    const found = await generations.find().setOptions(forPurpose('service.generation', { viewer: 'public' }));
    expect(prompts(found)).toEqual(['a desert', 'a koi']);
  });

  test('an owner sees their own records and nobody else’s', async () => {
    const found = await generations.find().setOptions(forPurpose('service.generation', { owner: String(mara) }));
    expect(prompts(found)).toEqual(['a koi', 'a secret']);
  });

  test('staff without a reason see masked values, enough to tell two apart (part of sdance-ai.security.need-to-know)', async () => {
    const [record] = await users.find({ _id: mara }).setOptions(forPurpose('legal.rights', { by: staff }));
    expect(record).toMatchObject({ _id: mara, email: 'm•••@e•••.org', name: 'M•••', country: '•••' });
    expect(record).toMatchObject({ seenAt: new Date('2026-02-01T00:00:00Z'), passwordHash: '•••' });
    expect(record).not.toHaveProperty('birthYear');
    const views = await house.kept.views.of(String(mara));
    expect(views.total).toBe(0);
  });

  test('with a reason they see them as they are, and the person sees that they did (part of sdance-ai.security.need-to-know)', async () => {
    const reason = 'ticket 4711, account locked';
    const [record] = await users.find({ _id: mara }).setOptions(forPurpose('legal.rights', { by: staff, reason }));
    expect(record).toMatchObject({ email: 'mara@example.org', birthYear: 1990 });
    const { items } = await house.kept.views.of(String(mara));
    expect(items).toMatchObject([{ purpose: 'legal.rights', reason, collection: 'users', record: String(mara) }]);
  });

  test('staff do not see content for a purpose that is none of theirs, whatever the reason', async () => {
    const asked = forPurpose('service.generation', { by: staff, reason: 'curious about it' });
    expect(await generations.find().setOptions(asked)).toEqual([]);
  });

  test('whoever is not in office sees nothing', async () => {
    const asked = users.find().setOptions(forPurpose('legal.rights', { by: 'nobody' }));
    await expect(asked).rejects.toMatchObject({ code: 'APPROVAL_REFUSED' });
  });

  test('a reader that could be an operator is refused', () => {
    expect(() => forPurpose('legal.rights', { by: { $ne: null } as never })).toThrow(/no usable by/);
    expect(() => forPurpose({ $gt: '' } as never)).toThrow(/no usable purpose/);
    expect(() => forPurpose('legal.rights', { viewer: 'staff' as never })).toThrow(/no usable viewer/);
  });
});

describe('ways around it', () => {
  test('the records are plain, so that what is masked is never saved back', async () => {
    const record = await users.findById(mara).setOptions(forPurpose('legal.rights', { by: staff }));
    expect(record).not.toHaveProperty('save');
  });

  test.each<[string, () => PromiseLike<unknown>]>([
    ['a cursor', () => users.find().setOptions(forPurpose('legal.rights')).cursor().next()],
    ['distinct', () => users.distinct('email').setOptions(forPurpose('legal.rights') as never)],
    ['an explained query', () => users.find().setOptions(forPurpose('legal.rights')).explain()],
    ['a document', () => users.find().setOptions(forPurpose('legal.rights')).lean(false)],
    ['a pipeline', () => users.aggregate([{ $match: {} }]).option(forPurpose('legal.rights') as never)],
    ['a stream of changes', async () => users.collection.watch([], forPurpose('legal.rights') as object)],
    ['what is populated', () => generations.find().populate('userId').setOptions(forPurpose('legal.rights'))],
  ])('%s states no purpose that could be kept, and is refused', async (_, read) => {
    await expect((async () => read())()).rejects.toMatchObject({ code: 'READ_REFUSED' });
  });

  test.each<[string, object]>([
    ['a field under another name', { name: '$birthYear' }],
    ['one below another', { identities: { provider: '$email' } }],
    ['what stands elsewhere as a list', { identities: { $slice: ['$all', 1] } }],
  ])('a selection that shows %s would be decided by the wrong category, and is refused', async (_, selection) => {
    const read = users.find({}, selection as never).setOptions(forPurpose('communication.notice'));
    await expect(read).rejects.toMatchObject({ code: 'READ_REFUSED' });
  });

  test('a selection of elements and of parts passes', async () => {
    const selection = { name: 1, identities: { $slice: 1 }, seenAt: { x: 1 } };
    expect(await users.find({}, selection).setOptions(forPurpose('communication.notice'))).toHaveLength(2);
  });

  test('a write that states one is refused', async () => {
    const write = users.findOneAndUpdate({ _id: mara }, { $set: { name: 'M' } }).setOptions(forPurpose('legal.rights'));
    await expect(write).rejects.toMatchObject({ code: 'WRITE_REFUSED' });
  });

  test('a count tells no record and passes', async () => {
    expect(await users.countDocuments().setOptions(forPurpose('legal.rights') as never)).toBe(2);
  });
});

test('keys that read alike, or are records, are told apart', async () => {
  const alike = new Types.ObjectId();
  const records = [
    { _id: { day: 1 }, userId: mara, prompt: 'one', visibility: 'private' },
    { _id: { day: 2 }, userId: jonas, prompt: 'two', visibility: 'public' },
    { _id: alike, userId: mara, prompt: 'three', visibility: 'private' },
    { _id: String(alike), userId: jonas, prompt: 'four', visibility: 'public' },
  ];
  const collection = house.connection.db?.collection('generations');
  const these = { _id: { $in: records.map(({ _id }) => _id) } } as never;
  await collection?.insertMany(records as never);
  const readBy = async (reader: Reader): Promise<unknown[]> =>
    prompts(await generations.collection.find(these, forPurpose('service.generation', reader) as object).toArray());
  expect(await readBy({ owner: String(mara) })).toEqual(['one', 'three']);
  expect(await readBy({ viewer: 'public' })).toEqual(['four', 'two']);
  await collection?.deleteMany(these);
});

test('an address by which people are known is no open field, though the inventory gives it no category', async () => {
  const policy = await loadPack('sdance-ai');
  const { inventory } = policy;
  const collections = inventory.collections.map((each) => ({
    ...each,
    fields: each.fields.filter(({ category }) => category !== 'account.contact'),
  }));
  const other = await governedHouse({ policy: { ...policy, inventory: { ...inventory, collections } } });
  await other.connection.db?.collection('users').insertOne({ email: 'mara@example.org', name: 'Mara' });
  const [record] = await other.model('users').find().setOptions(forPurpose('communication.notice'));
  await other.close();
  expect(record).toMatchObject({ name: 'Mara' });
  expect(record).not.toHaveProperty('email');
});

test('who is restricted is left out, but for what goes on all the same', async () => {
  const hold = await house.kept.holds.place({
    kind: 'restriction',
    subject: String(jonas),
    ground: 'Art. 18',
    by: staff,
  });
  expect(prompts(await generations.find().setOptions(forPurpose('service.generation')))).toEqual(['a koi', 'a secret']);
  expect(await generations.find().setOptions(forPurpose('safety.moderation'))).toHaveLength(3);
  await house.kept.holds.lift(hold, staff);
  expect(await generations.find().setOptions(forPurpose('service.generation'))).toHaveLength(3);
});
