import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Kept, SweepReport } from '@kept/core';
import mongoose from 'mongoose';
import { redacting } from '../kernel/retention/variedPolicies.ts';
import type { Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { withAfterthought } from './afterthought.ts';
import { sweeping } from './sweeping.ts';

const { ObjectId } = mongoose.mongo;
type Id = mongoose.mongo.ObjectId;

let the: Scene;
let kept: Kept;
let mara: Person;
let keyId: unknown;
const { alone, ago, video, stays } = sweeping(() => the);

beforeAll(async () => {
  the = await scene({ policy: redacting });
  kept = the.kept;
});
beforeEach(async () => {
  mara = await alone();
  keyId = (await the.db.collection('apiKeys').findOne({ userId: mara.id }))?._id;
  for (const name of ['kept_units', 'kept_runs', 'kept_findings']) await the.db.collection(name).deleteMany({});
});
afterAll(() => the.close());

const log = async (days: number): Promise<Id> => {
  const _id = new ObjectId();
  const details = { status: 200, durationMs: 5 };
  await the.db.collection('apiLogs').insertOne({ _id, keyId, at: ago(days), path: '/v1', ip: '192.0.2.1', ...details });
  return _id;
};
const fieldsOf = async (id: Id): Promise<string[]> =>
  Object.keys((await the.db.collection('apiLogs').findOne({ _id: id })) ?? {}).sort();
const sweep = async (by = kept, rule = 'log-details'): Promise<SweepReport | undefined> =>
  (await by.retention.sweep({ rule }))[0];
const WHOLE = ['_id', 'at', 'durationMs', 'ip', 'keyId', 'path', 'status'];
const BARE = ['_id', 'at', 'ip', 'keyId', 'path'];

test('fields whose time is over leave their records, which stay until their own end', async () => {
  const [young, ripe, old] = [await log(6), await log(8), await log(91)];
  expect((await sweep())?.collections).toEqual([
    { collection: 'apiLogs', due: 2, held: 0, erased: 0, redacted: 2, files: 0 },
  ]);
  expect([await fieldsOf(young), await fieldsOf(ripe), await fieldsOf(old)]).toEqual([WHOLE, BARE, BARE]);
  await sweep(kept, 'api-logs');
  expect([await fieldsOf(ripe), await fieldsOf(old)]).toEqual([BARE, []]);
});

test('once they are gone, the next sweep finds nothing; the run and the evidence tell how many there were', async () => {
  await log(8);
  await sweep();
  the.clock.forward({ hours: 1 });
  expect((await sweep())?.collections).toMatchObject([{ due: 0, redacted: 0 }]);
  const [notable] = await kept.retention.runs({ rule: 'log-details', notable: true });
  expect(notable?.collections).toMatchObject([{ redacted: 1 }]);
  await kept.evidence.sequence();
  expect((await kept.evidence.entries({ kind: 'runs', id: notable?._id ?? '' })).map(({ type }) => type)).toEqual([
    'RetentionSwept',
  ]);
  expect(await kept.evidence.verify()).toMatchObject({ ok: true });
});

test('files go with the fields that held them, but for one that another record still holds', async () => {
  const shared = `uploads/shared-${new ObjectId()}.png`;
  await the.media.put(shared, Buffer.from('picture'));
  const [own, sharing, young] = [await video(3), await video(3, { input: shared }), await video(1, { input: shared })];
  const report = await sweep(kept, 'inputs');
  expect(report?.collections).toEqual([
    { collection: 'generations', due: 2, held: 0, erased: 0, redacted: 2, files: 1 },
  ]);
  expect([await the.media.has(`uploads/${own}.png`), await the.media.has(shared)]).toEqual([false, true]);
  expect(await the.media.has(`generations/${own}.mp4`)).toBe(true);
  expect([await stays(own), await stays(sharing), await stays(young)]).toEqual([true, true, true]);
  const record = await the.db.collection('generations').findOne({ _id: own });
  expect(record).toMatchObject({ prompt: 'a boat', references: [{}], outputs: [{ file: `generations/${own}.mp4` }] });
  the.clock.forward({ days: 2 });
  await sweep(kept, 'inputs');
  expect(await the.media.has(shared)).toBe(false);
});

test('observing and a dry run change nothing, and count exactly what enforcing then takes, beside what ends whole', async () => {
  for (const days of [6, 8, 40, 91, 95]) await log(days);
  const observer = await the.restart({ mode: 'observe' });
  const counted = async (reports: readonly SweepReport[]): Promise<object> => {
    const of = (rule: string) => reports.find((each) => each.rule === rule)?.collections.find(Boolean);
    const [details, logs] = [of('log-details'), of('api-logs')];
    return { details: details?.due, redacted: details?.redacted, logs: logs?.due, erased: logs?.erased };
  };
  const nothing = { details: 4, redacted: 0, logs: 2, erased: 0 };
  expect(await counted(await observer.retention.sweep())).toEqual(nothing);
  expect(await counted(await kept.retention.sweep({ dryRun: true }))).toEqual(nothing);
  expect(await the.db.collection('apiLogs').countDocuments({ status: 200 })).toBe(5);
  expect(await counted(await kept.retention.sweep())).toEqual({ details: 4, redacted: 4, logs: 2, erased: 2 });
});

test('a hold keeps the fields, the finding says so, and they go once it is lifted', async () => {
  const held = await log(8);
  const hold = await kept.holds.place({ kind: 'legal', subject: mara.key, ground: 'claim', by: 'ada' });
  expect((await sweep())?.collections).toMatchObject([{ due: 1, held: 1, redacted: 0 }]);
  expect(await fieldsOf(held)).toEqual(WHOLE);
  expect((await kept.findings.open()).map(({ text }) => text)).toEqual([
    '1 records of apiLogs keep fields that are past their promised end, because of a hold.',
  ]);
  await kept.holds.lift(hold, 'ada');
  await sweep();
  expect(await fieldsOf(held)).toEqual(BARE);
});

test('a unit that a dead process left open is ended under the holds of the day it is ended', async () => {
  const held = await log(8);
  const dying = withAfterthought(the.db, 'kept_units', 'insertMany', () => Promise.reject(new Error('died')));
  await expect(sweep(await the.restart({ data: { db: dying } }))).rejects.toThrow('died');
  expect(await the.db.collection('kept_units').countDocuments({ state: 'open', action: 'redact' })).toBe(1);
  const hold = await kept.holds.place({ kind: 'legal', subject: mara.key, ground: 'claim', by: 'ada' });
  await sweep();
  expect(await fieldsOf(held)).toEqual(WHOLE);
  expect(await the.db.collection('kept_units').countDocuments({ state: 'open' })).toBe(0);
  await kept.holds.lift(hold, 'ada');
  await sweep();
  expect(await fieldsOf(held)).toEqual(BARE);
});

test('no status is older than 7 days at any instant, with a sweep every six hours', async () => {
  for (let hours = 0; hours < 60; hours += 7) await log(6 - hours / 24);
  for (let step = 0; step < 12; step += 1) {
    await sweep();
    the.clock.forward({ hours: 6 });
    const late = { at: { $lt: ago(7) }, status: { $exists: true } };
    expect(await the.db.collection('apiLogs').countDocuments(late)).toBe(0);
  }
  expect(await the.db.collection('apiLogs').countDocuments()).toBe(9);
});

test('a sweep that would take fields out of more than half of a large collection stops and says so', async () => {
  const many = Array.from({ length: 1000 }, () => ({ keyId, at: ago(8), status: 200 }));
  await the.db.collection('apiLogs').insertMany(many);
  expect((await sweep())?.stopped).toBe(
    'The sweep of apiLogs would take fields out of 1000 of 1000 records and has stopped.',
  );
  expect(await the.db.collection('apiLogs').countDocuments({ status: 200 })).toBe(1000);
});
