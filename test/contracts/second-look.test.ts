import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { hostDatabase } from '../../packages/core/src/adapters/data/hostDatabase.ts';
import { identify } from '../../packages/core/src/adapters/data/identify.ts';
import { mongoData } from '../../packages/core/src/adapters/data/mongoData.ts';
import { shapedKey } from '../../packages/core/src/adapters/data/shapedKey.ts';
import type { Identifiers, PersonalDataSource } from '../../packages/core/src/engine/ports/personalDataSource.ts';
import type { Residue } from '../../packages/core/src/engine/ports/residue.ts';
import { leftInWords, leftOf } from '../../packages/core/src/engine/removal/leftOf.ts';
import { type House, house } from './house.ts';
import { shaped } from './shapes.ts';

const { ObjectId } = mongoose.mongo;

let the: House;
let source: PersonalDataSource;
let ann = '';
let captured: Identifiers;
beforeAll(async () => {
  the = await house();
  source = mongoData(
    () => the.db,
    () => shaped,
  );
});
beforeEach(async () => {
  for (const { name } of await the.db.listCollections().toArray()) await the.db.collection(name).deleteMany({});
  ann = await the.user({ email: 'Ann@Example.org' });
  await the.user({ email: 'joann@example.org', name: 'ann' });
  captured = await source.identify(ann);
  await the.db.collection('users').deleteOne({ _id: new ObjectId(ann) });
});
afterAll(() => the.close());

async function found(): Promise<string[]> {
  const { found: all } = await source.residue(captured);
  return all.map(({ collection, path, count, named, leads }) =>
    [`${collection}.${path}`, count, ...(named ? ['named'] : []), ...(leads ? ['leads'] : [])].join(' '),
  );
}

test.each([
  ['a field that the inventory misses', { createdBy: 'KEY' }, 'createdBy'],
  ['a field deep in an object, in a list', { audit: [{ by: { id: 'KEY' } }] }, 'audit[].by.id'],
  ['a text that mentions the address', { prompt: 'Write to ann@example.ORG, please.' }, 'prompt'],
  ['a path of a file', { thumb: 'avatars/avatar_KEY.png' }, 'thumb'],
  ['the key with a prefix', { owner: 'user:KEY' }, 'owner'],
  ['a hash of the address', { gravatar: 'SHA' }, 'gravatar'],
  ['the name of a field', { votes: { KEY: true } }, 'votes.*'],
  ['an address in a link', { url: 'https://x.test/?to=ann%40example.org' }, 'url'],
])('finds %s, and says where', async (_what, record, path) => {
  const text = JSON.stringify(record).replaceAll('KEY', ann).replaceAll('SHA', shapedKey('ann@example.org', 'sha256'));
  await the.db.collection('generations').insertOne({ userId: new ObjectId(), ...JSON.parse(text) });
  const named = path === 'prompt' ? ' named' : '';
  expect(await found()).toEqual([`generations.${path} 1${named}`]);
});

test('finds the key as it is stored, in a collection that nobody named', async () => {
  await the.db
    .collection('logins')
    .insertMany([{ who: new ObjectId(ann) }, { who: new ObjectId() }, { who: new ObjectId(ann) }]);
  expect(await found()).toEqual(['logins.who 2']);
});

test('looks inside what is stored as a text of JSON or base64', async () => {
  const box = Buffer.from(JSON.stringify({ to: ['ann@example.org'] })).toString('base64');
  const code = Buffer.from('ann@example.org').toString('base64');
  await the.db.collection('profiles').insertMany([
    { owner: 'user:x', box },
    { owner: 'user:y', code },
  ]);
  expect(await found()).toEqual(['profiles.box.to[] 1 named', 'profiles.code 1 named']);
});

test('nobody else is taken for the person, and what holds nothing of people is left out', async () => {
  await the.db
    .collection('generations')
    .insertMany([
      { prompt: 'joann@example.org or ann@example.org.uk or ann@example.orgs' },
      { prompt: `${ann}0 and 0${ann}` },
    ]);
  await the.db.collection('agendaJobs').insertOne({ data: ann });
  await the.db.collection('kept_requests').insertOne({ subject: ann });
  expect(await found()).toEqual([]);
});

test('says what was looked at and what not, and goes on behind what an earlier look came to', async () => {
  await the.db.collection('logins').insertMany([{ who: ann }, { who: 'x' }]);
  await the.db.collection('comments').insertMany([{ authorId: 'x', authorName: 'ANN@example.org' }, {}, {}]);
  const some = await source.residue(captured, { most: 2 });
  expect(some.notLooked).toEqual([{ collection: 'comments', why: 'too-many' }]);
  expect(some.looked).toContain('logins');
  expect(some.looked).not.toContain('agendaJobs');
  expect(some.found).toContainEqual({
    collection: 'comments',
    path: 'authorName',
    count: 1,
    named: true,
    leads: false,
  });

  const parts: Residue[] = [];
  const stop = async (soFar: Residue): Promise<void> => {
    parts.push(soFar);
  };
  const whole = await source.residue(captured, { beat: stop });
  const again = await source.residue(captured, { from: parts[0] as Residue });
  expect(again).toEqual(whole);
  expect(await source.residue(captured, { from: whole })).toEqual(whole);
});

test('goes piece by piece where one answer must not wait for all, and comes to the same', async () => {
  await the.db.collection('logins').insertMany([{ who: ann }, { who: 'x' }]);
  await the.payment(ann, new Date());
  const whole = await source.residue(captured);
  let asked = 0;
  for (let from: Residue | undefined; ; asked += 1) {
    const { more, ...soFar } = await source.residue(captured, { pieces: 1, ...(from && { from }) });
    expect(soFar.looked.length - (from?.looked.length ?? 0)).toBeLessThanOrEqual(1);
    from = soFar;
    if (!more) break;
  }
  expect(asked + 1).toBe(whole.looked.length);
  expect(await source.residue(captured, { from: whole })).toEqual(whole);
});

test('of what was read before it asks what leads to the person by now, and reads it not again', async () => {
  await the.db.collection('payments').insertOne({ amount: 1 });
  const before = await source.residue(captured);
  await the.payment(ann, new Date());
  await the.db.collection('payments').insertOne({ note: ann });
  const { found: all, looked } = await source.residue(captured, { from: before });
  expect(all).toEqual([{ collection: 'payments', path: 'userId', count: 1, named: true, leads: true }]);
  expect(looked).toEqual(before.looked);
});

test('what lawfully stays is told apart: all of what is kept, and of what stays without the person all but what leads there', async () => {
  await the.payment(ann, new Date());
  await the.db
    .collection('payments')
    .insertOne({ userId: new ObjectId(), invoiceNumber: 'for ann@example.org', note: ann });
  const residue = await source.residue(captured);
  const left = (action: 'keep' | 'detach' | 'erase'): string[] =>
    leftOf(residue, [{ collection: 'payments', action }]).map(({ path }) => path);
  expect(left('keep')).toEqual([]);
  expect(left('detach')).toEqual(['userId', 'note']);
  expect(left('erase')).toEqual(['userId', 'invoiceNumber', 'note']);
  const words = leftInWords(residue.found);
  expect(words.join()).not.toContain(ann);
  expect(words).toContain(
    'payments.note: 1 record with the address or a key of the person there, a place that the inventory does not know',
  );
});

test('where a person has more keys than are taken down, that is said beside what was read', async () => {
  const cy = await the.user({ email: 'cy@example.org' });
  const keys = [await the.apiKey(cy), await the.apiKey(cy), await the.apiKey(cy)];
  const host = hostDatabase(
    () => the.db,
    () => shaped,
  );
  const few = await identify(host, cy, 2);
  expect(Object.values(few.keys).flat()).toHaveLength(2);
  expect(few.beyond).toEqual(['apiKeys']);
  expect((await identify(host, cy, keys.length)).beyond).toBeUndefined();

  const look = await source.residue(few);
  expect(look.looked).toContain('apiKeys');
  expect(look.notLooked).toEqual([{ collection: 'apiKeys', why: 'too-many-keys' }]);
  expect(await source.residue(few, { from: look })).toEqual(look);
});
