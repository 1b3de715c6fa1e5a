import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { mongoData } from '../../packages/core/src/adapters/data/mongoData.ts';
import type { FactRecord, PersonalDataSource } from '../../packages/core/src/engine/ports/personalDataSource.ts';
import { delivered, tiered } from '../kernel/retention/variedPolicies.ts';
import { DAY, type House, house } from './house.ts';

const { Double, Long, ObjectId, UUID } = mongoose.mongo;
const NOW = new Date('2026-03-03T08:00:00Z');
const ago = (days: number): Date => new Date(NOW.getTime() - days * DAY);
const free = { now: NOW, aheadMs: 0, holds: [] } as const;

let the: House;
let byPlan: PersonalDataSource;

beforeAll(async () => {
  the = await house();
  byPlan = mongoData(
    () => the.db,
    () => tiered,
  );
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
  const walk = async (limit: number): Promise<FactRecord[]> => {
    const found: FactRecord[] = [];
    let after: unknown;
    do {
      const page = await byPlan.candidates('generations', { ...free, limit }, after);
      expect(page.records.length).toBeLessThanOrEqual(limit);
      found.push(...page.records);
      after = page.next;
    } while (after !== undefined);
    return found;
  };

  test('come with what decides on them: owner, dates, whether they are saved, and who may see them', async () => {
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
        visibility: 'private',
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
