import { afterAll, beforeAll, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { shaped } from '../contracts/shapes.ts';
import { aPerson } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { again, approvedErasure } from './case.ts';

const { ObjectId } = mongoose.mongo;

let the: Scene;
beforeAll(async () => {
  the = await scene({ policy: shaped });
});
afterAll(() => the.close());

test('an erasure takes the elements of the person out of shared records, and their files, and says what the inventory misses', async () => {
  const ann = await aPerson(the, 'ann@example.org', { videos: 1 });
  const bo = new ObjectId();
  const me = { userId: new ObjectId(ann.key), note: 'mine', avatar: 'teams/ann.png' };
  const them = { userId: bo, note: 'theirs', avatar: 'teams/bo.png' };
  for (const key of ['teams/ann.png', 'teams/bo.png']) await the.media.put(key, Buffer.from('x'));
  await the.db.collection('teams').insertMany([{ members: [me, them] }, { members: [them] }]);
  await the.db.collection('events').insertOne({ kind: 'like', userId: new ObjectId(ann.key), of: 'v', at: new Date() });
  await the.db.collection('waiting').insertOne({ email: 'Ann@example.org', wish: 'w' });
  await the.db.collection('forgotten').insertOne({ createdBy: ann.key });

  const id = await approvedErasure(the, the.kept, 'ann@example.org');
  await the.kept.requests.advance();
  const ended = await again(the.kept, id);
  expect(ended).toMatchObject({
    status: 'partly-fulfilled',
    missing: [
      'forgotten.createdBy: 1 record with the address or a key of the person there, a place that the inventory does not know',
    ],
  });
  const teams = await the.db.collection('teams').find({}).toArray();
  expect(teams.map(({ members }) => members)).toEqual([[them], [them]]);
  expect(await the.db.collection('events').countDocuments({})).toBe(0);
  expect(await the.db.collection('waiting').countDocuments({})).toBe(0);
  expect(await the.media.has('teams/bo.png')).toBe(true);
  expect(await the.media.has('teams/ann.png')).toBe(false);
});

test('nothing is missing where the second look finds nothing, with others beside who read alike', async () => {
  await the.db.collection('forgotten').deleteMany({});
  const cy = await aPerson(the, 'cy@example.org', { videos: 1 });
  await aPerson(the, 'xcy@example.org', { videos: 1 });
  await the.db.collection('shares').insertOne({ with: [cy.key, 'somebody'], of: 'x' });
  const id = await approvedErasure(the, the.kept, 'cy@example.org');
  await the.kept.requests.advance();
  expect(await again(the.kept, id)).toMatchObject({ status: 'fulfilled' });
  expect((await the.db.collection('shares').find({}).toArray()).map((each) => each.with)).toEqual([['somebody']]);
});

test('a sweep ends one kind of records, and what is about them stays without the link', async () => {
  const [old, fresh] = [new ObjectId(), new ObjectId()];
  const at = new Date(the.clock.now().getTime() - 100 * 86_400_000);
  await the.db.collection('events').insertMany([
    { _id: old, kind: 'api', at },
    { _id: fresh, kind: 'api', at: the.clock.now() },
    { kind: 'of no known kind', at },
  ]);
  await the.db.collection('answers').insertMany([
    { by: 'x', call: old, text: 'a' },
    { by: 'x', call: fresh, text: 'b' },
  ]);
  await the.kept.retention.sweep({ rule: 'api-logs' });
  const kinds = (await the.db.collection('events').find({}).toArray()).map(({ kind }) => kind);
  expect(kinds).toEqual(['api', 'of no known kind']);
  const answers = await the.db.collection('answers').find({}).sort({ text: 1 }).toArray();
  expect(answers.map(({ call }) => call)).toEqual([undefined, fresh]);
});
