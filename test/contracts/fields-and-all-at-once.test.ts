import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { mongoData } from '../../packages/core/src/adapters/data/mongoData.ts';
import type { PersonalDataSource } from '../../packages/core/src/engine/ports/personalDataSource.ts';
import { redacting } from '../kernel/retention/variedPolicies.ts';
import { DAY, type House, house } from './house.ts';

const { ObjectId } = mongoose.mongo;
const NOW = new Date('2026-03-03T08:00:00Z');
const ago = (days: number): Date => new Date(NOW.getTime() - days * DAY);
const free = { now: NOW, aheadMs: 0, holds: [] } as const;
const details = { rule: 'log-details', fields: ['status', 'durationMs'] };
const inputs = { rule: 'inputs', fields: ['references[].file'] };

let the: House;
let bare: PersonalDataSource;

beforeAll(async () => {
  the = await house();
  bare = mongoData(
    () => the.db,
    () => redacting,
  );
});
beforeEach(async () => {
  for (const name of ['users', 'generations', 'apiKeys', 'apiLogs']) await the.db.collection(name).deleteMany({});
});
afterAll(() => the.close());

describe('fields that go before their record', () => {
  test('are due where their time is over and some of them are left', async () => {
    const key = await the.apiKey(await the.user({}));
    const logs = the.db.collection('apiLogs');
    const [old, half, , bareLog] = [
      await the.log(key, ago(8)),
      await the.log(key, ago(8)),
      await the.log(key, ago(6)),
      await the.log(key, ago(8)),
    ];
    await logs.updateMany({ _id: { $ne: bareLog } }, { $set: { status: 200 } });
    await logs.updateOne({ _id: half }, { $unset: { status: '' }, $set: { durationMs: null } });
    const due = { ...free, redaction: details };
    expect((await bare.dueRecords('apiLogs', { ...due, limit: 9 })).map(({ id }) => String(id)).sort()).toEqual(
      [old, half].map(String).sort(),
    );
    expect(await bare.countDue('apiLogs', due)).toBe(2);
    expect(await bare.redact('apiLogs', [old, half], details, free)).toBe(2);
    expect(await bare.countDue('apiLogs', due)).toBe(0);
    expect(await logs.findOne({ _id: old })).toEqual({
      _id: old,
      keyId: key,
      at: ago(8),
      path: '/v1',
      ip: '192.0.2.1',
    });
  });

  test('leave every element of an array, and what is not there is no obstacle', async () => {
    const videos = the.db.collection('generations');
    const [one, two, three] = [new ObjectId(), new ObjectId(), new ObjectId()];
    await videos.insertMany([
      {
        ...{ _id: one, createdAt: ago(3), outputs: [{ file: 'out.mp4' }] },
        references: [{ file: 'a.png', note: 'x' }, { file: 'b.png' }, { note: 'y' }],
      },
      { _id: two, createdAt: ago(3) },
      { _id: three, createdAt: ago(3), references: 'none' },
    ]);
    const found = await bare.dueRecords('generations', { ...free, redaction: inputs, limit: 5 });
    expect(found).toEqual([{ id: one, files: ['a.png', 'b.png'].map((key) => ({ store: 'media', key })) }]);
    expect(await bare.redact('generations', [one, two, three], inputs)).toBe(3);
    expect(await videos.findOne({ _id: one })).toMatchObject({ references: [{ note: 'x' }, {}, { note: 'y' }] });
    expect(await videos.findOne({ _id: three })).toMatchObject({ references: 'none' });
    expect(await bare.redact('generations', [one, two, three], inputs)).toBe(3);
  });

  test('stay where the record is not due any more, or was put under a hold, since it was selected', async () => {
    const ann = await the.user({});
    const key = await the.apiKey(ann);
    const [young, held] = [await the.log(key, ago(6)), await the.log(key, ago(8))];
    await the.db.collection('apiLogs').updateMany({}, { $set: { status: 200 } });
    const holds = [{ kind: 'legal', subject: ann, ground: 'claim', from: ago(1) }] as const;
    expect(await bare.redact('apiLogs', [young, held], details, { ...free, holds })).toBe(0);
    expect(await bare.redact('apiLogs', [young, held], details, free)).toBe(1);
    expect(await bare.redact('apiLogs', [young, held, new ObjectId()], details, free)).toBe(2);
    expect(await the.db.collection('apiLogs').distinct('status')).toEqual([200]);
  });
});

describe('what is ended at once', () => {
  test('is all that is due and free, or about so many of it, the oldest first', async () => {
    const ann = await the.user({});
    const [key, other] = [await the.apiKey(ann), new ObjectId()];
    for (const days of [95, 94, 93, 92, 91]) await the.log(key, ago(days));
    const [young, held] = [await the.log(key, ago(89)), await the.log(other, ago(99))];
    const holds = [{ kind: 'legal', subject: ann, ground: 'claim', from: ago(1) }] as const;
    expect(await bare.endDue('apiLogs', { ...free, holds })).toBe(1);
    expect(await bare.endDue('apiLogs', { ...free, limit: 2 })).toBe(2);
    const left = await the.db.collection('apiLogs').distinct('at');
    expect(left.map(Number).sort()).toEqual([93, 92, 91, 89].map((days) => Number(ago(days))).sort());
    expect(await bare.endDue('apiLogs', { ...free, limit: 100 })).toBe(3);
    expect(await bare.endDue('apiLogs', free)).toBe(0);
    expect(await the.db.collection('apiLogs').distinct('_id')).toEqual([young]);
    expect(await the.db.collection('apiLogs').countDocuments({ _id: held })).toBe(0);
  });

  test('takes fields as it takes records, and counts those that still had some of them', async () => {
    const key = await the.apiKey(await the.user({}));
    for (const days of [9, 8, 7, 6]) await the.log(key, ago(days));
    await the.db.collection('apiLogs').updateMany({}, { $set: { status: 200 } });
    expect(await bare.endDue('apiLogs', { ...free, redaction: details, limit: 2 })).toBe(2);
    expect(await bare.endDue('apiLogs', { ...free, redaction: details })).toBe(1);
    expect(await bare.endDue('apiLogs', { ...free, redaction: details })).toBe(0);
    expect(await the.db.collection('apiLogs').distinct('at', { status: 200 })).toEqual([ago(6)]);
  });

  test('is counted, all of it or up to a limit', async () => {
    for (let n = 0; n < 5; n += 1) await the.log(new ObjectId(), ago(n));
    expect([await bare.count('apiLogs'), await bare.count('apiLogs', 3), await bare.count('apiLogs', 9)]).toEqual([
      5, 3, 5,
    ]);
  });
});
