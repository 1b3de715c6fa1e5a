import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { policiesDir } from '../../packages/core/src/adapters/policy/policiesDir.ts';
import type { ScanReport } from '../../packages/core/src/index.ts';
import { type Asked, ask } from './ask.ts';
import { type Installation, installation } from './installation.ts';

const NOW = new Date('2026-03-03T08:00:00Z');
const CARD = '5555-5555-5555-4444';
const { ObjectId } = mongoose.mongo;
const MARA = new ObjectId();

let the: Installation;
beforeAll(async () => {
  the = await installation(NOW);
  await cp(policiesDir('sdance-ai'), join(the.dir, 'pack'), { recursive: true });
  await the.db.collection('users').insertOne({ _id: MARA, email: 'mara@example.org' });
  await the.put(
    'models.mjs',
    `const path = (instance) => ({ instance });
     const schema = { paths: { _id: path('ObjectId'), userId: path('ObjectId'), prompt: path('String'), mood: path('String') } };
     export const Generation = { schema, collection: { name: 'generations' } };`,
  );
});
afterAll(() => the.close());

const scanned = (...more: string[]): Promise<Asked> => the.kept(['scan', '--inventory', './pack', ...more]);
const errors = (asked: Asked): string[] =>
  (asked.json() as unknown as ScanReport).findings
    .filter(({ severity }) => severity === 'error')
    .map(({ where }) => where);

test('a database that the inventory knows is answered with 0, and nothing is written to it', async () => {
  const asked = await scanned();
  expect([asked.code, errors(asked), asked.err]).toEqual([0, [], '']);
  expect(asked.json()).toMatchObject({
    looked: { whole: true, people: 1, collections: [{ collection: 'users', records: 1 }] },
  });
  const names = (await the.db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
  expect(names).toEqual(['users']);
});

test('a new field, a card number and a person where nobody is expected are answered with 1, and no value is shown', async () => {
  await the.db.collection('generations').insertOne({ userId: MARA, createdAt: NOW, prompt: CARD, mood: 'calm' });
  await the.db.collection('notes').insertOne({ text: 'from mara@example.org' });
  const asked = await scanned();
  expect([asked.code, errors(asked)]).toEqual([1, ['generations.mood', 'generations.prompt', 'notes', 'notes.text']]);
  expect(asked.out).not.toMatch(/5555.?5555|mara/);

  const { out, code } = await ask(['scan', '--inventory', './pack'], { env: the.env, cwd: the.dir, now: NOW });
  expect([code, out]).toEqual([1, expect.stringMatching(/error CARD_NUMBER_STORED +generations\.prompt/)]);
  expect(out).toMatch(/Full card numbers are stored: Mastercard \(1 record\)/i);
  expect(out).toMatch(/Looked at 3 records in 3 collections; 1 person to tell by/);
  expect(out).not.toMatch(/5555.?5555|mara@/);
});

test('a category in the inventory ends the finding: the folder that was named is what counts', async () => {
  const file = join(the.dir, 'pack', 'inventory.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    text.replace(
      '      model: generation.settings\n',
      '      model: generation.settings\n      mood: generation.settings\n',
    ),
  );
  expect(errors(await scanned())).toEqual(['generations.prompt', 'notes', 'notes.text']);
  await writeFile(file, text);
  expect(errors(await the.kept(['scan'], { KEPT_PACK: './pack' }))).toContain('generations.mood');
});

test('keys of records and planted values are told of when asked for', async () => {
  const [noted] = await the.db.collection('notes').find().toArray();
  const { findings } = (await scanned('--ids')).json() as unknown as ScanReport;
  expect(findings.find(({ where }) => where === 'notes.text')?.ids).toEqual([String(noted?._id)]);

  const planted = (await scanned('--canary', 'From MARA', '--canary', 'calm')).json() as unknown as ScanReport;
  expect(planted.findings.filter(({ message }) => message.includes('canary')).map(({ where }) => where)).toEqual([
    'generations.mood',
    'notes.text',
  ]);
});

test('models are compared with the inventory, without a database where none is named', async () => {
  const alone = await the.kept(['scan', '--inventory', './pack', '--models', 'models.mjs'], { MONGODB_URI: '' });
  expect([alone.code, errors(alone)]).toEqual([1, ['generations.mood']]);
  expect(alone.json()).toMatchObject({ looked: { models: 1, collections: [], whole: true } });
  const both = (await scanned('--models', './models.mjs')).json() as unknown as ScanReport;
  expect(both.looked).toMatchObject({ models: 1, people: 1 });
});

test.each<[string, string[], Record<string, string>, RegExp]>([
  ['no folder', ['--inventory', './nowhere'], {}, /nowhere.*Remedy/],
  ['no database', ['--inventory', './pack'], { MONGODB_URI: '' }, /No database is named. Where: MONGODB_URI/],
  [
    'a database that does not answer',
    [],
    { MONGODB_URI: 'mongodb://127.0.0.1:1/x?serverSelectionTimeoutMS=200' },
    /No database answers/,
  ],
  [
    'no module',
    ['--models', './nowhere.mjs'],
    {},
    /nowhere\.mjs cannot be run \((?:ERR_)?MODULE_NOT_FOUND\). Where: --models/,
  ],
  ['a module that does not run', ['--models', './broken.mjs'], {}, /broken\.mjs cannot be run \(Error\)/],
  ['a module without models', ['--models', './empty.mjs'], {}, /There are no Mongoose models/],
  ['a sample of nothing', ['--sample', '0'], {}, /--sample/],
  ['a canary of three letters', ['--canary', 'abc'], {}, /A planted value is a text/],
  ['a word too many', ['everything'], {}, /everything/],
])('%s is a wrong question, on one line', async (_, argv, env, line) => {
  await the.put('broken.mjs', 'throw new Error("mara@example.org");');
  await the.put('empty.mjs', 'export const nothing = 1;');
  const asked = await the.kept(['scan', ...argv], env);
  expect([asked.code, asked.out]).toEqual([2, '']);
  expect(asked.err).toMatch(line);
  expect(asked.err.trimEnd()).not.toMatch(/\n|mara/);
});
