import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { mongoData } from '../../packages/core/src/adapters/data/mongoData.ts';
import { shapedKey } from '../../packages/core/src/adapters/data/shapedKey.ts';
import type { PersonalDataSource } from '../../packages/core/src/engine/ports/personalDataSource.ts';
import { type House, house } from './house.ts';
import { shaped } from './shapes.ts';

const { Binary, Long, ObjectId, UUID } = mongoose.mongo;
type Fields = Record<string, unknown>;

let the: House;
let source: PersonalDataSource;
let [ann, bo] = ['', ''];
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
  bo = await the.user({ email: 'bo@example.org' });
});
afterAll(() => the.close());

const id = (subject: string): mongoose.mongo.ObjectId => new ObjectId(subject);
async function put(name: string, ...records: Fields[]): Promise<unknown[]> {
  const { insertedIds } = await the.db.collection(name).insertMany(records.map((each) => ({ ...each })));
  return Object.values(insertedIds);
}
const all = async (name: string): Promise<Fields[]> =>
  (await the.db.collection(name).find({}).sort({ _id: 1 }).toArray()).map(({ _id, ...rest }) => rest);
const fieldsOf = async (subject: string, name: string): Promise<unknown[]> => {
  const paths = shaped.inventory.collections.find((each) => each.name === name)?.fields.map(({ path }) => path) ?? [];
  return (await source.exportOf(subject, name, paths, 50)).records.map(({ fields }) => fields);
};
/** Ends all that there is of a person in a collection, and answers of how many records. */
async function end(subject: string, name: string): Promise<number> {
  const records = await source.recordsOf(subject, name, 50);
  const done = await source.remove(
    name,
    records.map((each) => each.id),
  );
  expect(await source.recordsOf(subject, name, 50)).toEqual([]);
  expect(
    await source.remove(
      name,
      records.map((each) => each.id),
    ),
  ).toBe(done);
  return done;
}

describe('several kinds of records in one collection', () => {
  test('each kind leads to its person in its own way, with its own fields', async () => {
    const key = await the.apiKey(ann);
    await put(
      'events',
      { kind: 'api', keyId: key, path: '/v1', of: 'not of this kind' },
      { kind: 'like', userId: id(ann), of: 'video', path: 'not of this kind' },
      { kind: 'like', userId: id(bo), of: 'other' },
      { kind: 'visit', deviceId: 'd-77', ip: '192.0.2.1' },
      { kind: 'unknown', userId: id(ann) },
    );
    expect(await fieldsOf(ann, 'events.api')).toEqual([{ path: '/v1' }]);
    expect(await fieldsOf(ann, 'events.like')).toEqual([{ of: 'video' }]);
    expect(await source.count('events.like')).toBe(2);
    expect(await end(ann, 'events.like')).toBe(1);
    expect((await all('events')).map(({ kind }) => kind)).toEqual(['api', 'like', 'visit', 'unknown']);
  });

  test('a sweep ends records of the kind that its rule governs, and no others', async () => {
    const at = new Date('2025-01-01T00:00:00Z');
    await put('events', { kind: 'api', at }, { kind: 'like', at, userId: id(bo) }, { kind: 'unknown', at });
    const due = { now: new Date('2026-03-03T08:00:00Z'), aheadMs: 0, holds: [] };
    expect(await source.countDue('events.api', due)).toBe(1);
    expect(await source.endDue('events.api', due)).toBe(1);
    expect((await all('events')).map(({ kind }) => kind)).toEqual(['like', 'unknown']);
  });
});

describe('people without an account', () => {
  test('an address leads to its records in whatever case, and to nobody else', async () => {
    await put(
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
    expect(await fieldsOf(zoe, 'waiting')).toEqual([{ email: ' Zoe@Example.org', wish: 'a' }]);
    expect(await end(zoe, 'waiting')).toBe(1);
    expect(await all('waiting')).toHaveLength(2);
    expect(await source.exists(zoe)).toBe(false);
  });

  test('patterns and operators are addresses that nobody has', async () => {
    await put('waiting', { email: 'zoe@example.org' });
    for (const odd of ['address:.*', 'address:', 'address:z.e@example.org', 'device:', 'address:$ne', '{"$ne":null}']) {
      expect([odd, await source.exists(odd)]).toEqual([odd, false]);
    }
  });

  test('the addresses of an account lead there too, and hashes of them', async () => {
    const emailHash = shapedKey('ann@example.org', 'sha256');
    await put('waiting', { email: 'ann@example.org', wish: 'b' });
    await put(
      'newsletter',
      { emailHash, topic: 't' },
      { emailHash: shapedKey('bo@example.org', 'sha256'), topic: 'u' },
    );
    expect(await source.subjectsAt('ann@example.org')).toEqual([ann]);
    expect(await fieldsOf(ann, 'waiting')).toEqual([{ email: 'ann@example.org', wish: 'b' }]);
    expect(await fieldsOf(ann, 'newsletter')).toEqual([{ emailHash, topic: 't' }]);
  });

  test('a device leads to its records', async () => {
    await put('events', { kind: 'visit', deviceId: 'd-1', ip: '192.0.2.1' }, { kind: 'visit', deviceId: 'd-2' });
    expect(await source.exists('device:d-1')).toBe(true);
    expect(await source.exists('device:d-9')).toBe(false);
    expect(await fieldsOf('device:d-1', 'events.visit')).toEqual([{ ip: '192.0.2.1' }]);
    expect(await end('device:d-1', 'events.visit')).toBe(1);
    expect(await all('events')).toEqual([{ kind: 'visit', deviceId: 'd-2' }]);
  });
});

describe('keys in other forms', () => {
  test('a key with a prefix, and its hash, lead to the person; what is stored as text is handed over as it is meant', async () => {
    const box = Buffer.from(JSON.stringify({ likes: ['a'] })).toString('base64');
    await put('profiles', { owner: `user:${ann}`, bio: '{"age":"old"}', code: 'aGk=', box }, { owner: ann, bio: 'x' });
    await put('metrics', { who: shapedKey(ann, 'sha256-base64'), score: 5 }, { who: ann, score: 6 });
    expect(await fieldsOf(ann, 'profiles')).toEqual([
      { owner: `user:${ann}`, bio: { age: 'old' }, code: 'hi', box: { likes: ['a'] } },
    ]);
    expect(await fieldsOf(ann, 'metrics')).toEqual([{ score: 5 }]);
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
    expect(await end(subject, 'generations')).toBe(1);
    expect((await all('generations')).map(({ prompt }) => prompt)).toEqual(['theirs']);
  });

  test('an ObjectId and the text of its letters are two records', async () => {
    const key = new ObjectId();
    await put('generations', { _id: key as unknown }, { _id: String(key) });
    expect(await source.remove('generations', [key])).toBe(1);
    expect(await the.db.collection('generations').distinct('_id')).toEqual([String(key)]);
  });
});

describe('elements as the unit of a person', () => {
  test('an export has the elements of the person and nothing of the others', async () => {
    await put('teams', {
      title: 'team',
      members: [
        { userId: id(ann), note: 'mine', avatar: 'a.png', secret: 1 },
        { userId: id(bo), note: 'theirs', avatar: 'b.png' },
        { userId: ann, note: 'as text' },
      ],
    });
    expect(await fieldsOf(ann, 'teams')).toEqual([
      { members: [{ note: 'mine', avatar: 'a.png' }, { note: 'as text' }] },
    ]);
    expect(await source.recordsOf(ann, 'teams', 5)).toMatchObject([{ files: [{ store: 'media', key: 'a.png' }] }]);
    expect((await source.survey(ann)).find(({ collection }) => collection === 'teams')).toMatchObject({
      count: 1,
      files: 1,
    });
  });

  test('an erasure takes out exactly these, in lists in lists and in lists of keys too', async () => {
    const theirs = { authorId: id(bo), text: 'b', n: 1.5 };
    await put('boards', {
      threads: [{ title: 't', posts: [theirs, { authorId: id(ann), text: 'a' }] }, { posts: [] }],
    });
    await put('shares', { with: [id(ann), id(bo)], of: 'x' }, { with: [id(bo)], of: 'y' });
    expect(await fieldsOf(ann, 'boards')).toEqual([{ threads: [{ posts: [{ text: 'a' }] }] }]);
    expect(await end(ann, 'boards')).toBe(1);
    expect(await all('boards')).toEqual([{ threads: [{ title: 't', posts: [theirs] }, { posts: [] }] }]);
    expect(await end(ann, 'shares')).toBe(1);
    expect(await all('shares')).toEqual([
      { with: [id(bo)], of: 'x' },
      { with: [id(bo)], of: 'y' },
    ]);
  });

  test('detached, the element stays without the person; redacted, without the field', async () => {
    await put('teams', {
      members: [
        { userId: id(ann), note: 'n', avatar: 'a' },
        { userId: id(bo), note: 'b', avatar: 'c' },
      ],
    });
    const ids = (await source.recordsOf(ann, 'teams', 5)).map((each) => each.id);
    const facts = await source.factsOf('teams', ids, { rule: 'r', fields: ['members[].avatar'] });
    expect(facts).toMatchObject([{ id: ids[0], files: [{ key: 'a' }] }]);
    expect(await source.redact('teams', ids, { rule: 'r', fields: ['members[].note'] })).toBe(1);
    expect(await source.detach('teams', ids)).toBe(1);
    expect(await source.detach('teams', ids)).toBe(1);
    expect(await all('teams')).toEqual([{ members: [{ avatar: 'a' }, { userId: id(bo), note: 'b', avatar: 'c' }] }]);
  });
});

describe('what hangs on other records', () => {
  test('what is about somebody is in their copy without its author, and stays without the link; or it goes along', async () => {
    const [video] = await put('generations', { userId: id(ann), prompt: 'p' });
    await put(
      'comments',
      { authorId: id(bo), generationId: video, text: 'nice' },
      { authorId: id(ann), generationId: video, text: 'my own' },
    );
    await put('reactions', { by: id(bo), generationId: video, face: ':)' });
    const { records } = await source.exportAbout(ann, 'comments', ['text', 'authorId'], 10);
    expect(records.map(({ fields }) => fields)).toEqual([{ text: 'nice' }]);
    expect((await source.exportAbout(bo, 'comments', ['text'], 10)).records).toEqual([]);
    expect((await source.exportAbout(ann, 'teams', ['title'], 10)).records).toEqual([]);
    expect(await end(ann, 'generations')).toBe(1);
    expect(await all('comments')).toEqual([
      { authorId: id(bo), text: 'nice' },
      { authorId: id(ann), text: 'my own' },
    ]);
    expect(await all('reactions')).toEqual([]);
  });

  test('remixes of others stay, without the link and without the copied name, and are counted', async () => {
    const [video] = await put('generations', { userId: id(ann), prompt: 'p' });
    await put(
      'generations',
      { userId: id(bo), parentId: video, parentAuthor: 'Ann', prompt: 'remix' },
      { userId: id(ann), parentId: video, parentAuthor: 'Ann', prompt: 'own remix' },
      { userId: id(bo), parentAuthor: 'Cy', parentId: new ObjectId(), prompt: 'of somebody else' },
    );
    expect((await source.survey(ann)).find(({ collection }) => collection === 'generations')?.othersWorks).toBe(1);
    expect(await end(ann, 'generations')).toBe(2);
    expect(await all('generations')).toEqual([
      { userId: id(bo), prompt: 'remix' },
      { userId: id(bo), parentAuthor: 'Cy', parentId: expect.anything(), prompt: 'of somebody else' },
    ]);
  });

  test('what was derived from a work leads to the person over any number of hops, and is found when all between is gone', async () => {
    const [video, other] = await put('generations', { userId: id(ann) }, { userId: id(bo) });
    const [vector, theirs] = await put(
      'embeddings',
      { generationId: video, vector: [1] },
      { generationId: other, vector: [2] },
    );
    await put('neighbours', { embeddingId: vector, rank: 1, sheet: 's.png' }, { embeddingId: theirs, rank: 2 });
    const captured = await source.identify(ann);
    expect(await fieldsOf(ann, 'neighbours')).toEqual([{ rank: 1, sheet: 's.png' }]);
    for (const name of ['generations', 'embeddings']) await end(ann, name).catch(() => undefined);
    expect(await source.recordsOf(ann, 'neighbours', 5)).toEqual([]);
    const left = await source.recordsOf(ann, 'neighbours', 5, captured);
    expect(left).toMatchObject([{ files: [{ store: 'media', key: 's.png' }] }]);
    expect(
      await source.remove(
        'neighbours',
        left.map((each) => each.id),
      ),
    ).toBe(1);
    expect(await all('neighbours')).toEqual([{ embeddingId: theirs, rank: 2 }]);
  });

  test('more records on the way than one question can name are gone through part by part, each once', async () => {
    const many = 10_003;
    const videos = await put('generations', ...Array.from({ length: many }, () => ({ userId: id(ann) })));
    const theirs = await put('generations', { userId: id(bo) });
    await put('embeddings', ...[...videos, ...theirs].map((video, vector) => ({ generationId: video, vector })));
    const found = (await source.survey(ann)).find(({ collection }) => collection === 'embeddings');
    expect(found).toMatchObject({ count: many });

    const seen = new Set<unknown>();
    for (let after: unknown; ; ) {
      const page = await source.exportOf(ann, 'embeddings', ['vector'], 4_000, after);
      for (const { fields } of page.records) seen.add((fields as { vector: number }).vector);
      if (page.next === undefined) break;
      // A walk is stored between two pages.
      after = JSON.parse(JSON.stringify(page.next));
    }
    expect(seen.size).toBe(many);
    expect(seen.has(many)).toBe(false);

    const captured = await source.identify(ann);
    await the.db.collection('generations').deleteMany({ _id: { $in: videos.slice(0, 5_000) } as object });
    const { found: left } = await source.residue(captured, { most: 10 });
    expect(left.find(({ collection }) => collection === 'embeddings')).toMatchObject({ count: many, leads: true });
  });
});
