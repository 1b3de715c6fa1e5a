import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import mongoose from 'mongoose';
import { loosenedFrom, tiered } from '../kernel/retention/variedPolicies.ts';
import { aPerson, aVideo, DAY, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { withAfterthought } from './afterthought.ts';
import { sumOf, sweeping } from './sweeping.ts';

const { ObjectId } = mongoose.mongo;
type Id = mongoose.mongo.ObjectId;
const RULE = 'generated-videos';

let the: Scene;
let kept: Kept;
const { alone, ago, stays, fileStays, log } = sweeping(() => the);

beforeAll(async () => {
  the = await scene({ policy: tiered });
  kept = the.kept;
});
beforeEach(async () => {
  await alone();
  for (const name of ['kept_units', 'kept_runs', 'kept_findings', 'kept_acceptances'])
    await the.db.collection(name).deleteMany({});
});
afterAll(() => the.close());

const owner = async (plan?: string, more: object = {}): Promise<Person> => {
  const person = await aPerson(the, `${new ObjectId()}@example.org`, { videos: 0, logs: 0, payments: 0 });
  await the.db.collection('users').updateOne({ _id: person.id }, { $set: { ...(plan && { plan }), ...more } });
  return person;
};
const upgrade = (person: Person, plan = 'pro'): Promise<unknown> =>
  the.db.collection('users').updateOne({ _id: person.id }, { $set: { plan } });
const video = (of: Id, days: number, more: object = {}): Promise<Id> =>
  aVideo(the, of, { createdAt: ago(days), ...more });
const accept = (subject: string, policyVersion: number): Promise<unknown> =>
  the.db.collection('kept_acceptances').insertOne({
    ...{ service: 'sdance-ai', schema: 1, version: 0, pending: [] },
    ...{ subject, policyVersion, at: the.clock.now(), source: 'page' },
  });
const sweep = (by = kept, options = {}) => by.retention.sweep({ rule: RULE, ...options });

describe('videos by plan', () => {
  test('each goes with its file by the plan of its owner; whose plan is unknown, or who is gone, has the ceiling for all others', async () => {
    const [free, plus, other] = [await owner('free'), await owner('plus'), await owner()];
    const gone = new ObjectId();
    const ids = {
      free: [await video(free.id, 6), await video(free.id, 8)],
      plus: [await video(plus.id, 50), await video(plus.id, 70)],
      other: [await video(other.id, 28), await video(other.id, 31)],
      gone: [await video(gone, 28), await video(gone, 31)],
    };
    const saved = await video(free.id, 8, { savedAt: ago(1) });
    const dry = await sweep(kept, { dryRun: true });
    const observed = await sweep(await the.restart({ mode: 'observe' }));
    const live = await sweep();
    expect([sumOf(dry, 'due', 'generations'), sumOf(observed, 'due', 'generations')]).toEqual([4, 4]);
    expect(sumOf(live, 'erased', 'generations')).toBe(4);
    for (const [who, [young, old]] of Object.entries(ids) as [string, [Id, Id]][]) {
      expect([who, await stays(young), await stays(old), await fileStays(old)]).toEqual([who, true, false, false]);
    }
    expect(await stays(saved)).toBe(true);
  });

  test('an upgrade lengthens at once, a downgrade leaves the days of grace', async () => {
    const up = await owner('free');
    const kept400 = await video(up.id, 20);
    await upgrade(up);
    const down = await owner('free', { downgradedAt: ago(10) });
    const before = await video(down.id, 40);
    const since = await video(down.id, 8);
    await sweep();
    expect([await stays(kept400), await stays(before), await stays(since)]).toEqual([true, true, false]);
    the.clock.forward({ days: 4 });
    await sweep();
    expect([await stays(kept400), await stays(before)]).toEqual([true, false]);
  });

  test('no video of a free account is older than 7 days at any instant, with a sweep every six hours', async () => {
    const [free, pro] = [await owner('free'), await owner('pro')];
    for (let hours = 0; hours < 48; hours += 5) {
      const createdAt = new Date(ago(6).getTime() + (hours * DAY) / 24);
      await video(free.id, 0, { createdAt });
      await video(pro.id, 0, { createdAt });
    }
    for (let step = 0; step < 10; step += 1) {
      await sweep();
      the.clock.forward({ hours: 6 });
      const late = { userId: free.id, createdAt: { $lt: ago(7) } };
      expect(await the.db.collection('generations').countDocuments(late)).toBe(0);
    }
    expect(await the.db.collection('generations').countDocuments({ userId: pro.id })).toBe(10);
  });

  test('more than a page of candidates is looked through, also where a whole page stays', async () => {
    const [free, pro] = [await owner('free'), await owner('pro')];
    const many = (of: Person, count: number): Promise<unknown> =>
      the.db
        .collection('generations')
        .insertMany(Array.from({ length: count }, () => ({ userId: of.id, createdAt: ago(8), outputs: [] })));
    await many(pro, 700);
    await many(free, 40);
    await many(pro, 600);
    await many(free, 30);
    const [dry] = await sweep(kept, { dryRun: true });
    const [live] = await sweep();
    expect(dry?.collections).toEqual([{ collection: 'generations', due: 70, held: 0, erased: 0, files: 0 }]);
    expect(live?.collections).toEqual([{ collection: 'generations', due: 70, held: 0, erased: 70, files: 0 }]);
    expect(await the.db.collection('generations').countDocuments({ userId: free.id })).toBe(0);
    expect(await the.db.collection('generations').countDocuments({ userId: pro.id })).toBe(1300);
  });

  test('a hold keeps what is over, and the finding says how much that is', async () => {
    const free = await owner('free');
    await video(free.id, 8);
    const hold = await kept.holds.place({ kind: 'legal', subject: free.key, ground: 'claim', by: 'ada' });
    const [report] = await sweep();
    expect(report?.collections).toMatchObject([{ due: 1, held: 1, erased: 0 }]);
    expect((await kept.findings.open()).map(({ text }) => text)).toEqual([
      '1 records of generations are past their promised end and stay because of a hold.',
    ]);
    await kept.holds.lift(hold, 'ada');
    expect(sumOf(await sweep(), 'erased', 'generations')).toBe(1);
  });
});

describe('whose owner upgrades meanwhile', () => {
  test('between selection and removal: the video stays with its files, and the others go', async () => {
    const [free, other] = [await owner('free'), await owner('free')];
    const [mine, theirs] = [await video(free.id, 8), await video(other.id, 8)];
    const db = withAfterthought(the.db, 'kept_units', 'insertMany', () => upgrade(free));
    const [report] = await sweep(await the.restart({ data: { db } }));
    expect(report?.collections).toMatchObject([{ due: 2, erased: 1 }]);
    expect([await stays(mine), await fileStays(mine)]).toEqual([true, true]);
    expect([await stays(theirs), await fileStays(theirs)]).toEqual([false, false]);
  });

  test('after a process died in the middle: the next sweep looks anew', async () => {
    const [free, other] = [await owner('free'), await owner('free')];
    const ids = [await video(free.id, 8), await video(other.id, 8)];
    const unit = { service: 'sdance-ai', schema: 1, version: 0, pending: [], state: 'open', at: the.clock.now() };
    const files = ids.map((id) => ({ store: 'media', key: `generations/${id}.mp4` }));
    const counts = { done: 0, filesDone: 0, filesShared: 0 };
    const what = { run: `sweep-${RULE}-dead`, collection: 'generations', action: 'erase', ids, files };
    await the.db.collection('kept_units').insertOne({ _id: 'u1', ...unit, ...what, ...counts } as never);
    await upgrade(free);
    await sweep();
    expect([await stays(ids[0] as Id), await stays(ids[1] as Id)]).toEqual([true, false]);
    expect(await the.db.collection('kept_units').countDocuments({ state: 'open' })).toBe(0);
  });
});

describe('what an earlier version promised', () => {
  const before = '2026-03-01T00:00:00.000Z';

  test('holds for a person’s videos until that person has accepted the later one, and for nothing made since', async () => {
    const promise = { keep: { atMost: 'P20D', from: 'notice' }, tiers: null, version: 1, before } as const;
    const loosened = await the.restart({ policy: loosenedFrom(tiered, RULE, promise) });
    const [mara, ben, cy] = [await owner('pro'), await owner('pro'), await owner('pro')];
    await accept(mara.key, 1);
    await accept(ben.key, 1);
    await accept(ben.key, 2);
    const now = the.clock.now();
    const old = new Date(Date.parse(before) - DAY);
    const [his, hers, theirs] = [
      await video(ben.id, 0, { createdAt: old }),
      await video(mara.id, 0, { createdAt: old }),
      await video(cy.id, 0, { createdAt: old }),
    ];
    const made = await video(cy.id, 0, { createdAt: new Date(before) });
    the.clock.forward({ days: Math.ceil((old.getTime() + 21 * DAY - now.getTime()) / DAY) + 2 });
    const [dry] = await sweep(loosened, { dryRun: true });
    const [live] = await sweep(loosened);
    expect([dry?.collections[0]?.due, live?.collections[0]?.erased]).toEqual([2, 2]);
    expect([await stays(his), await stays(hers), await stays(theirs), await stays(made)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  test('holds for closed accounts and for conversations as well', async () => {
    const keep = { atMost: 'P7D', from: 'notice' } as const;
    const promise = { keep, version: 1, before };
    const policy = loosenedFrom(loosenedFrom(tiered, 'account', promise), 'support', promise);
    const loosened = await the.restart({ policy });
    const closed = { closedAt: ago(8) };
    const [mara, ben] = [await owner('free', closed), await owner('free', closed)];
    await accept(ben.key, 2);
    const ticket = (subject: string): object => ({
      ...{ _id: `t-${subject}`, service: 'sdance-ai', schema: 1, version: 0, pending: [], number: `K-${subject}` },
      ...{ kind: 'inquiry', status: 'closed', subject, closedAt: ago(8), requests: [], from: { address: 'x@x.test' } },
    });
    await the.db.collection('kept_tickets').insertMany([ticket(mara.key), ticket(ben.key)] as never);
    const dry = await loosened.retention.sweep({ dryRun: true });
    expect([sumOf(dry, 'due', 'users'), sumOf(dry, 'due', 'kept.tickets')]).toEqual([1, 1]);
    const live = await loosened.retention.sweep();
    expect([sumOf(live, 'erased', 'users'), sumOf(live, 'erased', 'kept.tickets')]).toEqual([1, 1]);
    const users = await the.db.collection('users').distinct('_id', { closedAt: closed.closedAt });
    expect(users.map(String)).toEqual([ben.key]);
    expect(await the.db.collection('kept_tickets').distinct('subject')).toEqual([ben.key]);
  });

  test('holds for records without files too, each by its owner', async () => {
    const promise = { keep: { atMost: 'P7D', from: 'notice' }, version: 1, before } as const;
    const loosened = await the.restart({ policy: loosenedFrom(tiered, 'api-logs', promise) });
    const [mara, ben] = [await owner('free'), await owner('free')];
    await accept(ben.key, 2);
    const keys = the.db.collection('apiKeys');
    const [hers, his] = [await keys.findOne({ userId: mara.id }), await keys.findOne({ userId: ben.id })];
    for (const key of [hers, his]) await log(key?._id, ago(50));
    const [report] = await loosened.retention.sweep({ rule: 'api-logs' });
    expect(report?.collections).toMatchObject([{ collection: 'apiLogs', due: 1, erased: 1 }]);
    expect(await the.db.collection('apiLogs').distinct('keyId')).toEqual([his?._id]);
  });

  test('spares an account whose owner accepts while others go', async () => {
    const promise = { keep: { atMost: 'P7D', from: 'notice' }, version: 1, before } as const;
    const accounts = [await owner('free', { closedAt: ago(8) }), await owner('free', { closedAt: ago(8) })];
    let accepted = false;
    const db = withAfterthought(the.db, 'users', 'deleteMany', async () => {
      if (!accepted) await accept(accounts[1]?.key ?? '', 2);
      accepted = true;
    });
    const loosened = await the.restart({ policy: loosenedFrom(tiered, 'account', promise), data: { db } });
    const [report] = await loosened.retention.sweep({ rule: 'account' });
    expect(report?.collections).toMatchObject([{ collection: 'users', due: 2, erased: 1 }]);
    expect(await the.db.collection('users').countDocuments({ _id: accounts[1]?.id as mongoose.mongo.ObjectId })).toBe(
      1,
    );
  });
});
