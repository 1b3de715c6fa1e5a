import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import mongoose from 'mongoose';
import { DAY, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { sumOf, sweeping } from './sweeping.ts';

const { ObjectId } = mongoose.mongo;
const HOUR = DAY / 24;

let the: Scene;
let kept: Kept;
let mara: Person;
const { alone, ago, video, stays, fileStays, log } = sweeping(() => the);

beforeAll(async () => {
  the = await scene();
  kept = the.kept;
});
beforeEach(async () => {
  mara = await alone();
});
afterAll(() => the.close());

describe('videos', () => {
  test('sdance-ai.retention.videos-30-days: the video, its record, its input and its file go together on day 30; on day 29 they stay', async () => {
    const [old, young] = [await video(30), await video(29)];
    await kept.retention.sweep();
    expect([await stays(old), await fileStays(old), await the.media.has(`uploads/${old}.png`)]).toEqual([
      false,
      false,
      false,
    ]);
    expect([await stays(young), await fileStays(young), await the.media.has(`uploads/${young}.png`)]).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('sdance-ai.retention.videos-30-days: no video that was not saved is older than 30 days at any instant, with a sweep every six hours', async () => {
    for (let hours = 0; hours < 48; hours += 5)
      await video(29, { createdAt: new Date(ago(29).getTime() + hours * HOUR) });
    for (let step = 0; step < 12; step += 1) {
      await kept.retention.sweep({ rule: 'generated-videos' });
      // The instant before the next sweep is the latest that anything can have been left standing.
      the.clock.forward({ hours: 6 });
      expect(await the.db.collection('generations').countDocuments({ createdAt: { $lt: ago(30) } })).toBe(0);
    }
    expect(await the.db.collection('generations').countDocuments()).toBe(0);
  });

  test('sdance-ai.retention.videos-30-days: what is saved stays; un-saving gives seven days more', async () => {
    const saved = await video(400, { savedAt: ago(399) });
    const unsaved = await video(400, { unsavedAt: ago(6.9) });
    const over = await video(400, { unsavedAt: ago(7.1) });
    await kept.retention.sweep();
    expect([await stays(saved), await stays(unsaved), await stays(over)]).toEqual([true, true, false]);
  });

  test('sdance-ai.retention.content-reasonable: a shared input stays until the last video made of it goes', async () => {
    const input = `uploads/shared-${new ObjectId()}.png`;
    await the.media.put(input, Buffer.from('picture'));
    await video(30, { input });
    await video(29, { input });
    await kept.retention.sweep();
    expect(await the.media.has(input)).toBe(true);
    the.clock.forward({ days: 1 });
    await kept.retention.sweep();
    expect(await the.media.has(input)).toBe(false);
  });

  test('a video that is saved between selection and removal stays with its files', async () => {
    const [saved, other] = [await video(31), await video(31)];
    // The unit stands, the process died, and the person saved one before another process took over.
    await the.db.collection<{ _id: string }>('kept_units').insertOne({
      _id: 'u1',
      service: 'sdance-ai',
      schema: 1,
      version: 0,
      pending: [],
      run: `sweep-generated-videos-${the.clock.now().toISOString()}-dead`,
      collection: 'generations',
      action: 'erase',
      ids: [saved, other],
      files: [saved, other].map((id) => ({ store: 'media', key: `generations/${id}.mp4` })),
      state: 'open',
      done: 0,
      filesDone: 0,
      filesShared: 0,
      at: the.clock.now(),
    } as never);
    await the.db.collection('generations').updateOne({ _id: saved }, { $set: { savedAt: the.clock.now() } });
    await kept.retention.sweep();
    expect([await stays(saved), await fileStays(saved)]).toEqual([true, true]);
    expect([await stays(other), await fileStays(other)]).toEqual([false, false]);
  });
});

describe('API logs', () => {
  test('sdance-ai.retention.api-logs-90-days: walking the clock in six-hour steps over 100 days, no log is ever older than 90 days at any instant', async () => {
    const key = (await the.db.collection('apiKeys').findOne({ userId: mara.id }))?._id;
    let seen = 0;
    for (let step = 0; step < 400; step += 1) {
      // Between two sweeps, so that one that only looks back would come too late.
      if (step % 8 === 0) await log(key, new Date(the.clock.now().getTime() - 3 * HOUR));
      // Nothing can be due before day 89: the sweeps until then are left out to save time.
      if (step >= 350) await kept.retention.sweep({ rule: 'api-logs' });
      the.clock.forward({ hours: 6 });
      const tooOld = await the.db.collection('apiLogs').countDocuments({ at: { $lt: ago(90) } });
      if (tooOld > 0) seen += tooOld;
    }
    expect(seen).toBe(0);
    expect(await the.db.collection('apiLogs').countDocuments({ at: { $gt: ago(89) } })).toBeGreaterThan(40);
  }, 60_000);
});

describe('accounts and payments', () => {
  test('sdance-ai.retention.account: a closed account goes after its period with all that belongs to it, and not an instant early by more than a sweep', async () => {
    await video(1);
    await the.db.collection('users').updateOne({ _id: mara.id }, { $set: { closedAt: ago(29.5) } });
    await kept.retention.sweep({ rule: 'account' });
    expect(await the.db.collection('users').countDocuments()).toBe(1);
    the.clock.forward({ hours: 12 });
    const [report] = await kept.retention.sweep({ rule: 'account' });
    expect(report?.collections).toContainEqual(expect.objectContaining({ collection: 'users', due: 1, erased: 1 }));
    for (const name of ['users', 'generations', 'apiKeys', 'sessions']) {
      expect([name, await the.db.collection(name).countDocuments()]).toEqual([name, 0]);
    }
  });

  test('sdance-ai.retention.account: an account in use never ends', async () => {
    await the.db.collection('users').updateOne({ _id: mara.id }, { $set: { seenAt: ago(5000) } });
    await kept.retention.sweep();
    expect(await the.db.collection('users').countDocuments()).toBe(1);
  });

  test('sdance-ai.retention.payments-by-law: payments stay eight years from the end of their year, then go', async () => {
    const { insertedId } = await the.db
      .collection('payments')
      .insertOne({ userId: mara.id, amount: 900, paidAt: new Date('2017-01-02T12:00:00Z') });
    const { insertedId: later } = await the.db
      .collection('payments')
      .insertOne({ userId: mara.id, amount: 900, paidAt: new Date('2018-01-02T12:00:00Z') });
    await kept.retention.sweep({ rule: 'payments' });
    expect(await the.db.collection('payments').distinct('_id')).toEqual([later]);
    expect(insertedId).not.toEqual(later);
  });

  test('sdance-ai.retention.payments-by-law: a closed account leaves its payments, without the person', async () => {
    await the.db.collection('payments').insertOne({ userId: mara.id, amount: 900, paidAt: ago(3) });
    await the.db.collection('users').updateOne({ _id: mara.id }, { $set: { closedAt: ago(31) } });
    await kept.retention.sweep();
    expect(await the.db.collection('payments').findOne()).toMatchObject({ amount: 900 });
    expect(await the.db.collection('payments').findOne()).not.toHaveProperty('userId');
  });
});

describe('modes', () => {
  test('observing changes nothing, and counts exactly what enforcing then erases', async () => {
    for (const days of [28, 30, 31, 40]) await video(days);
    await video(50, { savedAt: ago(1) });
    const key = (await the.db.collection('apiKeys').findOne({ userId: mara.id }))?._id;
    await log(key, ago(91));
    const observer = await the.restart({ mode: 'observe' });
    const before = await the.db.collection('generations').countDocuments();
    const observed = await observer.retention.sweep();
    expect(await the.db.collection('generations').countDocuments()).toBe(before);
    const enforced = await kept.retention.sweep();
    for (const name of ['generations', 'apiLogs', 'users']) {
      expect([name, sumOf(observed, 'due', name)]).toEqual([name, sumOf(enforced, 'erased', name)]);
    }
    expect(sumOf(enforced, 'erased', 'generations')).toBe(3);
  });

  test('a dry run changes nothing and leaves no run behind, even where rules are enforced', async () => {
    const id = await video(31);
    const runs = (await kept.retention.runs()).length;
    const reports = await kept.retention.sweep({ dryRun: true });
    expect(sumOf(reports, 'due', 'generations')).toBe(1);
    expect(await stays(id)).toBe(true);
    expect(await kept.retention.runs()).toHaveLength(runs);
  });

  test('rules may be enforced one by one', async () => {
    const id = await video(31);
    const key = (await the.db.collection('apiKeys').findOne({ userId: mara.id }))?._id;
    await log(key, ago(91));
    const half = await the.restart({ mode: { 'api-logs': 'enforce' } });
    await half.retention.sweep();
    expect(await stays(id)).toBe(true);
    expect(await the.db.collection('apiLogs').countDocuments()).toBe(0);
  });

  test('a sweep that would take more than half of a large collection stops and says so', async () => {
    const many = Array.from({ length: 1000 }, () => ({
      userId: mara.id,
      outputs: [],
      references: [],
      createdAt: ago(31),
    }));
    await the.db.collection('generations').insertMany(many);
    const [report] = await kept.retention.sweep({ rule: 'generated-videos' });
    expect(report?.stopped).toContain('1000 of 1000');
    expect(await the.db.collection('generations').countDocuments()).toBe(1000);
    expect((await kept.findings.open()).map((each) => each.code)).toContain('SWEEP_TOO_LARGE');
  });
});
