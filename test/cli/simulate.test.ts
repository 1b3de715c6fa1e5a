import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { policiesDir } from '../../packages/core/src/adapters/policy/policiesDir.ts';
import type { Simulation } from '../../packages/core/src/index.ts';
import { ask } from './ask.ts';
import { type Installation, installation } from './installation.ts';

const NOW = new Date('2026-03-03T08:00:00Z');
const DAY = 86_400_000;
const { ObjectId } = mongoose.mongo;

let the: Installation;
const people = [new ObjectId(), new ObjectId(), new ObjectId()];

beforeAll(async () => {
  the = await installation(NOW);
  const ago = (days: number): Date => new Date(NOW.getTime() - days * DAY);
  // Forty videos of three people, one for each day; the last five of them saved.
  for (let day = 0; day < 40; day += 1) {
    const key = `generations/${day}.mp4`;
    await the.media.put(key, Buffer.from('12345'));
    await the.db.collection('generations').insertOne({
      ...{ userId: people[day % 3], prompt: 'a boat', outputs: [{ file: key }], createdAt: ago(day) },
      ...(day >= 35 && { savedAt: ago(day) }),
    });
  }
  for (const id of people) await the.db.collection('users').insertOne({ _id: id, email: `${id}@example.org` });
});
afterAll(() => the.close());

async function folder(name: string, edits: readonly (readonly [string, string])[]): Promise<string> {
  await cp(policiesDir('sdance-ai'), join(the.dir, name), { recursive: true });
  const file = join(the.dir, name, 'policy.yaml');
  const text = edits.reduce((all, [from, to]) => all.replace(from, to), await readFile(file, 'utf8'));
  await writeFile(file, text.replace('version: 1', 'version: 2'));
  return `./${name}`;
}
const simulated = async (argv: readonly string[]): Promise<Simulation> =>
  (await the.kept(['simulate', ...argv])).json<Record<string, unknown>>() as unknown as Simulation;
const KEEP = 'atMost: P30D, from: notice';

test('a shorter period: the documents, bytes, files and people that it would take, with some of them, and nothing changes', async () => {
  const dir = await folder('shorter', [[KEEP, 'atMost: P20D, from: notice']]);
  const before = await the.db.collection('generations').find().sort({ _id: 1 }).toArray();
  const names = async (): Promise<string[]> =>
    (await the.db.listCollections({}, { nameOnly: true }).toArray()).map((each) => each.name).sort();
  const there = await names();

  const { collections, documents } = await simulated(['sdance-ai', dir, '--samples', '2']);
  const touched = before.filter(({ createdAt }) => {
    const age = (NOW.getTime() - createdAt.getTime()) / DAY;
    return age >= 20 && age < 30;
  });
  expect(documents).toBe(10);
  expect(collections).toEqual([
    {
      collection: 'generations',
      goes: {
        documents: 10,
        bytes: touched.reduce((sum, each) => sum + mongoose.mongo.BSON.calculateObjectSize(each), 0),
        files: 10,
        fileBytes: 50,
        subjects: 3,
        samples: [expect.any(String), expect.any(String)],
      },
      stays: expect.objectContaining({ documents: 0, subjects: 0, samples: [] }),
    },
  ]);
  expect(touched.map(({ _id }) => String(_id))).toEqual(
    expect.arrayContaining([...(collections[0]?.goes.samples ?? [])]),
  );
  expect(await the.db.collection('generations').find().sort({ _id: 1 }).toArray()).toEqual(before);
  expect(await names()).toEqual(there);
});

test('a longer period lets nothing stay that was promised to go, but what is of people who accept it', async () => {
  const dir = await folder('longer', [[KEEP, 'atMost: P60D, from: notice']]);
  expect(await simulated(['sdance-ai', dir])).toMatchObject({ documents: 0, collections: [] });

  await the.db.collection<{ _id: string }>('kept_acceptances').insertOne({
    _id: 'a1',
    ...{ service: 'sdance-ai', schema: 1, version: 0, pending: [] },
    ...{ subject: String(people[0]), policyVersion: 2, at: NOW, source: 'privacy page' },
  } as never);
  // Of the days 30 to 34, two are hers.
  expect((await simulated(['sdance-ai', dir])).collections).toMatchObject([
    { collection: 'generations', goes: { documents: 0 }, stays: { documents: 2, subjects: 1 } },
  ]);
});

test('more documents than the limit are refused, and counting stops', async () => {
  const dir = await folder('much-shorter', [[KEEP, 'atMost: P1D, from: notice']]);
  const asked = await the.kept(['simulate', 'sdance-ai', dir, '--limit', '28']);
  expect([asked.code, asked.json()]).toEqual([1, expect.objectContaining({ refused: true, limit: 28 })]);
  const words = await ask(['simulate', 'sdance-ai', dir, '--limit', '28'], { env: the.env, cwd: the.dir });
  expect(words.out).toContain('refused: more than 28 documents');
  expect((await the.kept(['simulate', 'sdance-ai', dir, '--limit', '29'])).code).toBe(0);
});

test('decisions that flip are counted for somebody unknown, and for people as they chose', async () => {
  const dir = await folder('opener', [
    [
      'categories: [generation.prompt, generation.reference, generation.settings]\n    purposes: [service.generation]',
      'categories: [generation]\n    purposes: [service.generation]',
    ],
    [
      '  training:\n    label: Train the service or the models beneath it\n    basis: consent\n    categories: [generation]',
      '  training:\n    label: Train the service or the models beneath it\n    basis: consent\n    categories: [generation, usage]',
    ],
    [
      'gates: { purposes: [training, improvement], categories: [generation] }',
      'gates: { purposes: [training, improvement], categories: [generation, usage] }',
    ],
  ]);
  const choose = async (subject: string, what: string): Promise<void> => {
    await the.db.collection<{ _id: string }>('kept_consents').insertOne({
      _id: `consents-${subject}`,
      ...{ service: 'sdance-ai', schema: 1, version: 0, pending: [] },
      ...{ subject, events: [{ flag: 'training', what, at: new Date(NOW.getTime() - DAY), source: 's' }] },
    } as never);
  };
  await choose('ann', 'given');
  await choose('bo', 'given');
  await choose('cy', 'withdrawn');

  const { neutral, people: choosers } = (await simulated(['sdance-ai', dir, '--samples', '50'])).decisions;
  const short = ({ purpose, category, recipient = '', before, after }: (typeof neutral.samples)[number]): string =>
    [purpose, category, recipient, before, after].filter(Boolean).join(' ');
  expect(neutral.samples.map(short)).toEqual([
    'improvement usage permitted forbidden',
    'improvement.debugging usage permitted forbidden',
    'service.generation generation.history fal-ai forbidden permitted',
    'service.generation generation.output fal-ai forbidden permitted',
  ]);
  expect(choosers).toMatchObject({ count: 3, flipping: 3 });
  const givers = choosers.samples.find(({ subjects }) => subjects.includes('ann'));
  expect(givers).toMatchObject({ people: 2, subjects: ['ann', 'bo'] });
  expect(givers?.samples.map(short)).toEqual([
    'service.generation generation.history fal-ai forbidden permitted',
    'service.generation generation.output fal-ai forbidden permitted',
    'training usage forbidden permitted',
  ]);
});

test('wrong questions are answered in one line', async () => {
  const wrong: [string[], string][] = [
    [['simulate', 'sdance-ai'], 'DIR_NEW'],
    [['simulate', 'sdance-ai', 'seedance25'], 'seedance25'],
    [['simulate', 'sdance-ai', './nowhere'], 'nowhere'],
    [['simulate', 'sdance-ai', 'sdance-ai', '--limit', 'many'], '--limit'],
  ];
  for (const [argv, words] of wrong) {
    const asked = await the.kept(argv);
    expect([argv, asked.code, asked.err]).toEqual([argv, 2, expect.stringContaining(words)]);
  }
  const nowhere = await the.kept(['simulate', 'sdance-ai', 'sdance-ai'], { MONGODB_URI: '' });
  expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining('MONGODB_URI')]);
});
