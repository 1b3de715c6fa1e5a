import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { mongoData } from '../../packages/core/src/adapters/data/mongoData.ts';
import type { FactRecord, PersonalDataSource } from '../../packages/core/src/engine/ports/personalDataSource.ts';
import { delivered, redacting, tiered } from '../kernel/retention/variedPolicies.ts';
import { DAY, type House, house } from './house.ts';

const { Double, Long, ObjectId, UUID } = mongoose.mongo;
const NOW = new Date('2026-03-03T08:00:00Z');
const ago = (days: number): Date => new Date(NOW.getTime() - days * DAY);
const free = { now: NOW, aheadMs: 0, holds: [] } as const;

let the: House;
let byPlan: PersonalDataSource;
let bare: PersonalDataSource;

beforeAll(async () => {
  the = await house();
  const source = (policy: typeof tiered): PersonalDataSource =>
    mongoData(
      () => the.db,
      () => policy,
    );
  [byPlan, bare] = [source(tiered), source(redacting)];
});
beforeEach(async () => {
  for (const name of ['users', 'generations', 'apiKeys', 'apiLogs']) await the.db.collection(name).deleteMany({});
});
afterAll(() => the.close());

describe('what is known of a person', () => {
  test('residence, year of birth, traits and dates come for many at once; who has no record is left out', async () => {
    const ann = await the.user({ country: 'DE', birthYear: 1990, plan: 'pro', downgradedAt: ago(3), closedAt: null });
    const bo = await the.user({ country: ' ', birthYear: 17, plan: 3 });
    const gone = String(new ObjectId());
    const profiles = await byPlan.profilesOf([ann, bo, gone]);
    expect(profiles.get(ann)).toEqual({
      residence: 'DE',
      birthYear: 1990,
      traits: { plan: 'pro' },
      anchors: { downgraded: ago(3), accountClosed: undefined, lastActive: undefined },
    });
    expect(profiles.get(bo)).toMatchObject({ traits: { plan: '3' } });
    expect(profiles.get(bo)).not.toHaveProperty('residence');
    expect(profiles.get(bo)).not.toHaveProperty('birthYear');
    expect([...profiles.keys()].sort()).toEqual([ann, bo].sort());
    expect(await byPlan.profilesOf([])).toEqual(new Map());
  });

  test.each([
    ['a date', new Date('1990-06-01T00:00:00Z'), 1990],
    ['a day as text', '1990-06-01', 1990],
    ['a year as text', '1990', 1990],
    ['an age, which is of no known day', 35, undefined],
    ['something else', 'long ago', undefined],
  ])('a year of birth may be kept as %s', async (_name, birthYear, expected) => {
    const subject = await the.user({ birthYear });
    expect((await byPlan.profilesOf([subject])).get(subject)?.birthYear).toBe(expected);
  });

  test.each([
    ['an ObjectId', new ObjectId()],
    ['a UUID', new UUID()],
    ['a number', 4711],
    ['a text', 'user_7f3a'],
  ])('the key may be %s', async (_name, key) => {
    const subject = await the.user({ _id: key, plan: 'free' });
    await the.video({ userId: key, createdAt: ago(8) });
    const { records } = await byPlan.candidates('generations', { ...free, limit: 5 });
    expect(records.map(({ owner }) => owner)).toEqual([subject]);
    expect((await byPlan.profilesOf([subject])).get(subject)?.traits).toEqual({ plan: 'free' });
  });
});

describe('records that may be due', () => {
  const walk = async (limit: number, source = byPlan): Promise<FactRecord[]> => {
    const found: FactRecord[] = [];
    let after: unknown;
    do {
      const page = await source.candidates('generations', { ...free, limit }, after);
      expect(page.records.length).toBeLessThanOrEqual(limit);
      found.push(...page.records);
      after = page.next;
    } while (after !== undefined);
    return found;
  };

  test('come with what decides on them: owner, dates, and whether they are saved', async () => {
    const ann = await the.user({});
    const id = await the.video({ userId: new ObjectId(ann), createdAt: ago(8), unsavedAt: ago(9), input: 'in.png' });
    await the.video({ userId: new ObjectId(ann), createdAt: ago(6) });
    await the.video({ userId: new ObjectId(ann), createdAt: ago(8), savedAt: ago(1) });
    expect(await walk(10)).toEqual([
      {
        id,
        owner: ann,
        files: [
          { store: 'media', key: 'in.png' },
          { store: 'media', key: `generations/${id}.mp4` },
        ],
        anchors: { generated: ago(8), unsaved: ago(9) },
        predicates: { saved: false },
      },
    ]);
  });

  test('are all found, page by page, whatever their keys are made of, and none of them twice', async () => {
    const keys = [1, 2.5, Long.fromString('9007199254740993'), new Double(7), 'a', 'b', 'c', new UUID(), new UUID()];
    const all = [...keys, ...Array.from({ length: 7 }, () => new ObjectId()), { part: 1 }, true, ago(1)];
    const videos = the.db.collection<{ _id: unknown }>('generations');
    for (const _id of all) await videos.insertOne({ _id, createdAt: ago(8) } as never);
    const texts = (ids: readonly unknown[]): string[] => ids.map((id) => JSON.stringify(id)).sort();
    for (const limit of [1, 2, 3, 5, 7, all.length, 100]) {
      expect([limit, texts((await walk(limit)).map(({ id }) => id))]).toEqual([limit, texts(all)]);
    }
  });

  test('stay found while others of the page before go', async () => {
    for (let n = 0; n < 9; n += 1) await the.video({ createdAt: ago(8) });
    let after: unknown;
    let seen = 0;
    do {
      const page = await byPlan.candidates('generations', { ...free, limit: 2 }, after);
      await byPlan.remove(
        'generations',
        page.records.slice(1).map(({ id }) => id),
      );
      seen += page.records.length;
      after = page.next;
    } while (after !== undefined);
    expect(seen).toBe(9);
  });

  test('of somebody under a hold are none, and whose owner is unknown or not one alone has none', async () => {
    const ann = await the.user({});
    await the.video({ userId: new ObjectId(ann), createdAt: ago(8) });
    await the.video({ createdAt: ago(8) });
    await the.video({ userId: [new ObjectId(ann), new ObjectId()], createdAt: ago(8) });
    expect((await walk(5)).map(({ owner }) => owner)).toEqual([ann, undefined, undefined]);
    const holds = [{ kind: 'legal', subject: ann, ground: 'claim', from: ago(1) }] as const;
    const { records } = await byPlan.candidates('generations', { ...free, holds, limit: 5 });
    expect(records.map(({ owner }) => owner)).toEqual([undefined]);
  });

  test('lead to their owner through other records too', async () => {
    const ann = await the.user({});
    const key = await the.apiKey(ann);
    const [old, lost] = [await the.log(key, ago(91)), await the.log(new ObjectId(), ago(91))];
    const { records } = await byPlan.candidates('apiLogs', { ...free, limit: 5 });
    expect(records.map(({ id, owner }) => [id, owner])).toEqual([
      [old, ann],
      [lost, undefined],
    ]);
    expect((await byPlan.factsOf('apiLogs', [lost, new ObjectId()])).map(({ id }) => id)).toEqual([lost]);
  });
});

describe('fields that go before their record', () => {
  const details = { rule: 'log-details', fields: ['status', 'durationMs'] };
  const inputs = { rule: 'inputs', fields: ['references[].file'] };

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
  const details = { rule: 'log-details', fields: ['status', 'durationMs'] };

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

test('a survey tells the youngest date of records that end by another date than theirs', async () => {
  const source = mongoData(
    () => the.db,
    () => delivered,
  );
  const ann = await the.user({});
  const generations = async (): Promise<object | undefined> =>
    (await source.survey(ann)).find(({ collection }) => collection === 'generations');
  await the.video({ userId: new ObjectId(ann), createdAt: ago(9) });
  await the.video({ userId: new ObjectId(ann), createdAt: ago(5) });
  expect(await generations()).toMatchObject({ count: 2, newestOtherwise: ago(5) });
  expect(await generations()).not.toHaveProperty('newest');
  await the.video({ userId: new ObjectId(ann), createdAt: ago(1), deliveredAt: ago(0.5) });
  expect(await generations()).toMatchObject({ count: 3, newest: ago(0.5), newestOtherwise: ago(5) });
});
