import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadPack, type ScanReport, scanData } from '@kept/core';
import mongoose from 'mongoose';
import { liveDatabase } from '../../packages/core/src/adapters/data/liveDatabase.ts';
import { scanDatabase } from '../../packages/core/src/engine/scan/scanDatabase.ts';
import { type Scene, START, scene } from '../support/scene.ts';

const { Double, Long, ObjectId, UUID } = mongoose.mongo;
const CARD = '4111 1111 1111 1111';

let the: Scene;
beforeEach(async () => {
  the = await scene();
});
afterEach(() => the.close());

const places = ({ findings }: ScanReport): string[] =>
  findings.filter(({ severity }) => severity === 'error').map(({ code, where, count }) => `${code} ${where} ${count}`);
const records = ({ looked }: ScanReport, name: string): number | undefined =>
  looked.collections.find(({ collection }) => collection === name)?.records;
const into = (collection: string, all: readonly object[]): Promise<unknown> =>
  the.db.collection(collection).insertMany(all as mongoose.mongo.Document[]);
const made = { userId: new ObjectId(), createdAt: START };

test('every record of a collection is met once, whatever kinds of keys are mixed in it', async () => {
  const keys = Array.from({ length: 900 }, (_, at) => [
    at,
    `k${at}`,
    new ObjectId(),
    Long.fromNumber(at + 1e6),
    new UUID(),
  ]);
  const more = [
    new Double(0.5),
    new Date(0),
    true,
    { a: 1 },
    Long.fromString('9007199254740993'),
    Long.fromString('9007199254740995'),
  ];
  await into(
    'generations',
    [...keys.flat(), ...more].map((_id) => ({ _id, ...made, prompt: CARD })),
  );
  const report = await the.kept.scan.run();
  expect(records(report, 'generations')).toBe(4_506);
  // A key that is made of parts may hold data in them.
  expect(places(report)).toEqual(['FIELD_UNLISTED generations._id.a 1', 'CARD_NUMBER_STORED generations.prompt 4506']);
  expect(report.looked.whole).toBe(true);
});

test('a sample is the newest records, and says that it is one', async () => {
  await into(
    'generations',
    Array.from({ length: 50 }, (_, _id) => ({ _id, ...made, prompt: _id < 40 ? CARD : 'a boat' })),
  );
  const report = await the.kept.scan.run({ sample: 10 });
  expect([records(report, 'generations'), places(report), report.looked.whole]).toEqual([10, [], false]);
  expect(places(await the.kept.scan.run({ sample: 11 }))).toEqual(['CARD_NUMBER_STORED generations.prompt 1']);
});

test('a record of nearly 16 MB and texts of many megabytes are looked through to their end', async () => {
  await into('generations', [{ ...made, prompt: `${'a boat at sea. '.repeat(1_000_000)}${CARD}` }]);
  await into('generations', [
    { ...made, prompt: 'x', model: Array.from({ length: 200_000 }, (_, at) => ({ at, text: 'abc' })) },
  ]);
  await into('logs', [{ text: `${'word '.repeat(2_000_000)} somebody@example.org` }]);
  await into('users', [{ email: 'somebody@example.org' }]);
  expect(places(await the.kept.scan.run())).toEqual([
    'CARD_NUMBER_STORED generations.prompt 1',
    'COLLECTION_UNLISTED logs 0',
    'IDENTIFIER_UNLISTED logs.text 1',
  ]);
});

test('a text that is none, from another driver, is read as far as it goes', async () => {
  const { serialize, deserialize } = mongoose.mongo.BSON;
  const latin = Buffer.from(`card ${CARD} \u00e9`, 'latin1');
  const stored = Buffer.from(serialize({ ...made, prompt: 'z'.repeat(latin.length) }));
  latin.copy(stored, stored.indexOf('zzz'));

  // As the driver does, which writes no such text itself.
  const find = (_: object, options: { enableUtf8Validation?: boolean }): object => {
    const validation = { utf8: options.enableUtf8Validation ?? true };
    return {
      sort: () => ({
        limit: async function* () {
          yield deserialize(stored, { validation });
        },
      }),
    };
  };
  const listed = [{ name: 'generations', type: 'collection' }];
  const db = { listCollections: () => ({ toArray: async () => listed }), collection: () => ({ find }) };
  const readable = { policy: await loadPack('sdance-ai'), stores: [], recipients: async () => [] };
  const data = { subjects: async () => ({ subjects: [] }) };
  const live = liveDatabase(() => db as unknown as mongoose.mongo.Db, undefined);
  expect(places(await scanDatabase({ ...readable, live, data }, {}, START))).toEqual([
    'CARD_NUMBER_STORED generations.prompt 1',
  ]);
});

test('a collection that cannot be read is a finding, the others are looked at, and nothing counts as ended', async () => {
  await into('generations', [{ ...made, prompt: CARD }]);
  await into('sessions', [{ ip: CARD, seenAt: START }]);
  await the.kept.scan.run();

  const broken = new Proxy(the.db, {
    get(db, name) {
      const value: unknown = Reflect.get(db, name, db);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) =>
        name === 'collection' && args[0] === 'generations'
          ? { find: () => ({ sort: () => ({ limit: failing }) }) }
          : value.apply(db, args);
    },
  });
  // biome-ignore lint/correctness/useYield: it fails before the first record.
  async function* failing(): AsyncGenerator<never> {
    throw new mongoose.mongo.MongoServerError({ message: 'not authorized' });
  }
  const kept = await the.restart({ data: { db: broken } });
  await the.db.collection('sessions').deleteMany({});
  const report = await kept.scan.run();
  expect(places(report)).toEqual(['COLLECTION_UNREAD generations 0']);
  expect(report.findings[0]?.message).toContain('MongoServerError');
  expect(report.looked.whole).toBe(false);
  expect((await kept.findings.open()).map(({ place }) => place)).toEqual(
    expect.arrayContaining(['generations.prompt', 'sessions.ip']),
  );
});

test('a database that does not say what is in it refuses the scan: nothing passes for clean', async () => {
  const listCollections = (): object => ({
    toArray: () => Promise.reject(new mongoose.mongo.MongoServerError({ message: 'no' })),
  });
  const scanned = scanData({ policy: await loadPack('sdance-ai'), data: { db: { listCollections } }, now: START });
  await expect(scanned).rejects.toMatchObject({
    code: 'SCAN_REFUSED',
    message: expect.stringContaining('MongoServerError'),
  });
});

test('collections that are named after people are found, and the people are not named', async () => {
  for (const name of [
    'chat_65f0c0ffee0000000000abcd',
    'chat_65f0c0ffee0000000000abce',
    'mara@example.org',
    'phone-491701234567',
  ])
    await into(name, [{ text: CARD }]);
  const report = await the.kept.scan.run();
  expect(places(report)).toEqual([
    'COLLECTION_UNLISTED * 0',
    'CARD_NUMBER_STORED *.text 1',
    'COLLECTION_UNLISTED chat_* 0',
    'CARD_NUMBER_STORED chat_*.text 1',
    'COLLECTION_UNLISTED phone-* 0',
    'CARD_NUMBER_STORED phone-*.text 1',
  ]);
  expect(JSON.stringify([report, await the.kept.findings.open()])).not.toMatch(/mara|65f0|4917/);
});

test.each([
  { sample: 0 },
  { sample: -1 },
  { sample: 1.5 },
  { sample: '10' },
  { sample: { $gt: 0 } },
  { canaries: 'Mara' },
  { canaries: ['abc'] },
  { canaries: ['x'.repeat(201)] },
  { canaries: [{ $ne: '' }] },
  { canaries: Array.from({ length: 21 }, () => 'canary') },
])('options that make no sense are refused and nothing is looked at: %j', async (options) => {
  await expect(the.kept.scan.run(options as never)).rejects.toMatchObject({
    ...{ code: 'SCAN_INVALID', place: expect.stringContaining('scan, '), remedy: expect.any(String) },
  });
});

test('a database that is not open yet and models that are none are refused', async () => {
  const policy = await loadPack('sdance-ai');
  await expect(scanData({ policy, data: {}, now: START })).rejects.toMatchObject({ code: 'DATABASE_MISSING' });
  await expect(scanData({ policy, data: { db: the.db }, models: {}, now: START })).rejects.toMatchObject({
    code: 'MODELS_INVALID',
  });
  await expect(scanData({ policy, now: START })).rejects.toMatchObject({ code: 'MODELS_INVALID' });
});
