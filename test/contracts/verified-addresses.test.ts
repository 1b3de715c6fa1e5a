import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Policy } from '@kept/core';
import { mongoData } from '../../packages/core/src/adapters/data/mongoData.ts';
import type { PersonalDataSource } from '../../packages/core/src/engine/ports/personalDataSource.ts';
import { varied } from '../kernel/retention/variedPolicies.ts';
import { type House, house } from './house.ts';
import { shaped } from './shapes.ts';

const VICTIM = 'victim@example.org';
const policy: Policy = {
  ...shaped,
  inventory: {
    ...shaped.inventory,
    collections: shaped.inventory.collections.map((each) =>
      each.subject.by === 'self' ? { ...each, subject: { ...each.subject, verified: 'emailVerifiedAt' } } : each,
    ),
  },
};

let the: House;
let source: PersonalDataSource;
let [typed, proven] = ['', ''];
beforeAll(async () => {
  the = await house();
  source = mongoData(
    () => the.db,
    () => policy,
  );
  typed = await the.user({ email: VICTIM, emailVerifiedAt: null });
  proven = await the.user({ email: 'bo@example.org', emailVerifiedAt: new Date() });
  await the.db.collection('waiting').insertMany([{ email: VICTIM, wish: 'a secret' }, { email: 'bo@example.org' }]);
});
afterAll(() => the.close());

test('the inventory says which field tells that addresses are verified, and of accounts only', () => {
  const written = varied({ inventory: [['key: _id, addresses', 'key: _id, verified: emailVerifiedAt, addresses']] });
  const account = written.inventory.collections.find(({ subject }) => subject.by === 'self');
  expect(account?.subject).toMatchObject({ verified: 'emailVerifiedAt' });
  const nowhere = (): Policy =>
    varied({ inventory: [['subject: { ref: userId }', 'subject: { ref: userId, verified: v }']] });
  expect(nowhere).toThrow('account');
});

test('an address that somebody only typed in leads to no records of whoever has it, in no way', async () => {
  expect(await source.exportOf(typed, 'waiting', ['wish'], 10)).toEqual({ records: [] });
  expect(await source.recordsOf(typed, 'waiting', 10, await source.identify(typed))).toEqual([]);
  expect(await source.addressesOf(typed)).toEqual([]);
  expect(await source.subjectsAt(VICTIM)).toEqual([`address:${VICTIM}`]);
  expect((await source.exportOf(proven, 'waiting', ['email'], 10)).records).toHaveLength(1);
  expect(await source.subjectsAt('bo@example.org')).toEqual([proven]);
  const everybody = (await source.subjects(10)).subjects.map(({ subject, addresses }) => [subject, addresses]);
  expect(everybody).toEqual([
    [typed, []],
    [proven, ['bo@example.org']],
  ]);
});

test('a second look tells where such an address still stands, and leaves the records of whoever has it alone', async () => {
  await the.db.collection('stray').insertOne({ note: `wrote ${VICTIM}` });
  const captured = await source.identify(typed);
  expect(captured.addresses).toEqual([]);
  await the.db.collection('users').deleteOne({ email: VICTIM });
  const { found } = await source.residue(captured);
  expect(found.map(({ collection, path }) => `${collection}.${path}`)).toEqual(['stray.note']);
});
