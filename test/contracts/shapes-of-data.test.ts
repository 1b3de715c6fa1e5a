import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { shapedKey } from '../../packages/core/src/adapters/data/shapedKey.ts';
import { keyOf, shapedHouse } from './shapedHouse.ts';

const { Binary, Long, ObjectId, UUID } = mongoose.mongo;

const the = await shapedHouse();
const { source } = the;
let [ann, bo] = ['', ''];
beforeEach(async () => {
  ({ ann, bo } = await the.begin());
});
afterAll(() => the.close());

describe('several kinds of records in one collection', () => {
  test('each kind leads to its person in its own way, with its own fields', async () => {
    const key = await the.apiKey(ann);
    await the.put(
      'events',
      { kind: 'api', keyId: key, path: '/v1', of: 'not of this kind' },
      { kind: 'like', userId: keyOf(ann), of: 'video', path: 'not of this kind' },
      { kind: 'like', userId: keyOf(bo), of: 'other' },
      { kind: 'visit', deviceId: 'd-77', ip: '192.0.2.1' },
      { kind: 'unknown', userId: keyOf(ann) },
    );
    expect(await the.fieldsOf(ann, 'events.api')).toEqual([{ path: '/v1' }]);
    expect(await the.fieldsOf(ann, 'events.like')).toEqual([{ of: 'video' }]);
    expect(await source.count('events.like')).toBe(2);
    expect(await the.end(ann, 'events.like')).toBe(1);
    expect((await the.all('events')).map(({ kind }) => kind)).toEqual(['api', 'like', 'visit', 'unknown']);
  });

  test('a sweep ends records of the kind that its rule governs, and no others', async () => {
    const at = new Date('2025-01-01T00:00:00Z');
    await the.put('events', { kind: 'api', at }, { kind: 'like', at, userId: keyOf(bo) }, { kind: 'unknown', at });
    const due = { now: new Date('2026-03-03T08:00:00Z'), aheadMs: 0, holds: [] };
    expect(await source.countDue('events.api', due)).toBe(1);
    expect(await source.endDue('events.api', due)).toBe(1);
    expect((await the.all('events')).map(({ kind }) => kind)).toEqual(['like', 'unknown']);
  });
});

describe('people without an account', () => {
  test('an address leads to its records in whatever case, and to nobody else', async () => {
    await the.put(
      'waiting',
      { email: ' Zoe@Example.org', wish: 'a' },
      { email: 'xzoe@example.org' },
      { email: 'zoe@example.orgx' },
    );
    const [zoe = ''] = await source.subjectsAt('zoe@EXAMPLE.org');
    expect(zoe).toBe('address:zoe@example.org');
    expect(await source.subjectsAt('nobody@example.org')).toEqual([]);
    expect(await source.exists(zoe)).toBe(true);
    expect(await source.addressesOf(zoe)).toEqual(['zoe@example.org']);
    expect(await the.fieldsOf(zoe, 'waiting')).toEqual([{ email: ' Zoe@Example.org', wish: 'a' }]);
    expect(await the.end(zoe, 'waiting')).toBe(1);
    expect(await the.all('waiting')).toHaveLength(2);
    expect(await source.exists(zoe)).toBe(false);
  });

  test('patterns and operators are addresses that nobody has', async () => {
    await the.put('waiting', { email: 'zoe@example.org' });
    for (const odd of ['address:.*', 'address:', 'address:z.e@example.org', 'device:', 'address:$ne', '{"$ne":null}']) {
      expect([odd, await source.exists(odd)]).toEqual([odd, false]);
    }
  });

  test('the addresses of an account lead there too, and hashes of them', async () => {
    const emailHash = shapedKey('ann@example.org', 'sha256');
    await the.put('waiting', { email: 'ann@example.org', wish: 'b' });
    await the.put(
      'newsletter',
      { emailHash, topic: 't' },
      { emailHash: shapedKey('bo@example.org', 'sha256'), topic: 'u' },
    );
    expect(await source.subjectsAt('ann@example.org')).toEqual([ann]);
    expect(await the.fieldsOf(ann, 'waiting')).toEqual([{ email: 'ann@example.org', wish: 'b' }]);
    expect(await the.fieldsOf(ann, 'newsletter')).toEqual([{ emailHash, topic: 't' }]);
  });

  test('a device leads to its records', async () => {
    await the.put('events', { kind: 'visit', deviceId: 'd-1', ip: '192.0.2.1' }, { kind: 'visit', deviceId: 'd-2' });
    expect(await source.exists('device:d-1')).toBe(true);
    expect(await source.exists('device:d-9')).toBe(false);
    expect(await the.fieldsOf('device:d-1', 'events.visit')).toEqual([{ ip: '192.0.2.1' }]);
    expect(await the.end('device:d-1', 'events.visit')).toBe(1);
    expect(await the.all('events')).toEqual([{ kind: 'visit', deviceId: 'd-2' }]);
  });
});

describe('keys in other forms', () => {
  test('a key with a prefix, and its hash, lead to the person; what is stored as text is handed over as it is meant', async () => {
    const box = Buffer.from(JSON.stringify({ likes: ['a'] })).toString('base64');
    await the.put(
      'profiles',
      { owner: `user:${ann}`, bio: '{"age":"old"}', code: 'aGk=', box },
      { owner: ann, bio: 'x' },
    );
    await the.put('metrics', { who: shapedKey(ann, 'sha256-base64'), score: 5 }, { who: ann, score: 6 });
    expect(await the.fieldsOf(ann, 'profiles')).toEqual([
      { owner: `user:${ann}`, bio: { age: 'old' }, code: 'hi', box: { likes: ['a'] } },
    ]);
    expect(await the.fieldsOf(ann, 'metrics')).toEqual([{ score: 5 }]);
    const [fact] = await source.recordsNamed('profiles', []);
    expect(fact).toBeUndefined();
  });

  test.each([
    ['an object', { tenant: 'a', no: 1 }, { tenant: 'a', no: 2 }],
    ['an object with keys inside', { t: new ObjectId(), u: new UUID() }, { t: new ObjectId(), u: new UUID() }],
    ['bytes', new Binary(Buffer.from([1, 2])), new Binary(Buffer.from([1, 3]))],
    ['a long number', Long.fromString('9007199254740993'), Long.fromString('9007199254740995')],
    ['a date', new Date(1), new Date(2)],
  ])('%s as a key tells people apart', async (_what, key, other) => {
    const one = await the.user({ _id: key, email: 'one@example.org' });
    const [subject = ''] = await source.subjectsAt('one@example.org');
    await the.user({ _id: other, email: 'two@example.org' });
    const [second = ''] = await source.subjectsAt('two@example.org');
    expect(one).toBeDefined();
    expect(subject).not.toBe(second);
    await the.video({ userId: key, prompt: 'mine' });
    await the.video({ userId: other, prompt: 'theirs' });
    expect(await source.recordsOf(subject, 'generations', 5)).toHaveLength(1);
    expect(await the.end(subject, 'generations')).toBe(1);
    expect((await the.all('generations')).map(({ prompt }) => prompt)).toEqual(['theirs']);
  });

  test('an ObjectId and the text of its letters are two records', async () => {
    const key = new ObjectId();
    await the.put('generations', { _id: key as unknown }, { _id: String(key) });
    expect(await source.remove('generations', [key])).toBe(1);
    expect(await the.db.collection('generations').distinct('_id')).toEqual([String(key)]);
  });
});

describe('elements as the unit of a person', () => {
  test('an export has the elements of the person and nothing of the others', async () => {
    await the.put('teams', {
      title: 'team',
      members: [
        { userId: keyOf(ann), note: 'mine', avatar: 'a.png', secret: 1 },
        { userId: keyOf(bo), note: 'theirs', avatar: 'b.png' },
        { userId: ann, note: 'as text' },
      ],
    });
    expect(await the.fieldsOf(ann, 'teams')).toEqual([
      { members: [{ note: 'mine', avatar: 'a.png' }, { note: 'as text' }] },
    ]);
    expect(await source.recordsOf(ann, 'teams', 5)).toMatchObject([{ files: [{ store: 'media', key: 'a.png' }] }]);
    expect((await source.survey(ann)).find(({ collection }) => collection === 'teams')).toMatchObject({
      count: 1,
      files: 1,
    });
  });

  test('an erasure takes out exactly these, in lists in lists and in lists of keys too', async () => {
    const theirs = { authorId: keyOf(bo), text: 'b', n: 1.5 };
    await the.put('boards', {
      threads: [{ title: 't', posts: [theirs, { authorId: keyOf(ann), text: 'a' }] }, { posts: [] }],
    });
    await the.put('shares', { with: [keyOf(ann), keyOf(bo)], of: 'x' }, { with: [keyOf(bo)], of: 'y' });
    expect(await the.fieldsOf(ann, 'boards')).toEqual([{ threads: [{ posts: [{ text: 'a' }] }] }]);
    expect(await the.end(ann, 'boards')).toBe(1);
    expect(await the.all('boards')).toEqual([{ threads: [{ title: 't', posts: [theirs] }, { posts: [] }] }]);
    expect(await the.end(ann, 'shares')).toBe(1);
    expect(await the.all('shares')).toEqual([
      { with: [keyOf(bo)], of: 'x' },
      { with: [keyOf(bo)], of: 'y' },
    ]);
  });

  test('values of others in a shared record are not taken for those of the person', async () => {
    const members = [
      { userId: keyOf(ann), note: 'note of ann' },
      { userId: keyOf(bo), note: 'note of bo' },
    ];
    await the.put('teams', { members });
    const values = (await source.ownValues(ann)).map(({ value }) => value);
    expect(values).toContain('note of ann');
    expect(values).not.toContain('note of bo');
  });

  test('detached, the element stays without the person; redacted, without the field', async () => {
    await the.put('teams', {
      members: [
        { userId: keyOf(ann), note: 'n', avatar: 'a' },
        { userId: keyOf(bo), note: 'b', avatar: 'c' },
      ],
    });
    const ids = (await source.recordsOf(ann, 'teams', 5)).map((each) => each.id);
    const facts = await source.factsOf('teams', ids, { rule: 'r', fields: ['members[].avatar'] });
    expect(facts).toMatchObject([{ id: ids[0], files: [{ key: 'a' }] }]);
    expect(await source.redact('teams', ids, { rule: 'r', fields: ['members[].note'] })).toBe(1);
    expect(await source.detach('teams', ids)).toBe(1);
    expect(await source.detach('teams', ids)).toBe(1);
    expect(await the.all('teams')).toEqual([
      { members: [{ avatar: 'a' }, { userId: keyOf(bo), note: 'b', avatar: 'c' }] },
    ]);
  });
});

test('who has the key 007 is not number 7', async () => {
  await the.put('comments', { authorId: '007', text: 'a' }, { authorId: 7, text: 'b' });
  expect(await the.fieldsOf('007', 'comments')).toEqual([{ text: 'a' }]);
  expect(await the.fieldsOf('7', 'comments')).toEqual([{ text: 'b' }]);
});
