import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { variant } from '../../../examples/video-host/variants/seedance25/index.ts';
import { type Models, modelsOn } from '../../../examples/video-host/variants/seedance25/models.ts';
import { erasureReceiptOf } from '../../support/erasureReceiptOf.ts';
import { openVariant, type VariantScene } from './openVariant.ts';

const DAY = 86_400_000;

let the: VariantScene;
let models: Models;
beforeAll(async () => {
  the = await openVariant(variant);
  models = modelsOn(the.connection);
});
afterAll(() => the.close());

const idOf = (key: string): string => the.people[key]?.id ?? '';
const ageOf = (at: Date | undefined): number => (the.clock.now().getTime() - (at?.getTime() ?? 0)) / DAY;
const places = async (...words: string[]): Promise<string[]> =>
  (await the.placesOf(...words)).filter((name) => !name.startsWith('kept_'));

describe('figures', () => {
  const figures = async () => (await request(the.app).get('/figures').set('accept', 'application/json')).body;

  test('seedance25.purpose.aggregate-analytics: show groups of ten and more, and only say that there are smaller ones', async () => {
    const { features, campaigns, referrers } = await figures();
    expect(features).toMatchObject({ shown: [{ value: 'create video', people: 15 }], suppressed: 3, minimumGroup: 10 });
    expect(campaigns).toMatchObject({ shown: [{ value: 'search', people: 10 }], suppressed: 2 });
    expect(referrers).toMatchObject({ shown: [{ value: 'https://search.example/results' }, { value: null }] });
    const page = (await request(the.app).get('/figures').expect(200)).text;
    expect(page).toContain('search: 10 people');
    expect(page).not.toMatch(/newsletter|podcast|buy/);

    const alone = { subject: idOf('lina'), purpose: 'analytics.usage', category: 'usage.interaction' };
    expect((await the.kept.decide(alone)).outcome).toBe('forbidden');
  });

  test('count nobody who objects, and show nothing once the others are too few to hide among', async () => {
    await the.kept.objections.object(idOf('teo'), 'analytics.usage', 'settings');
    expect((await figures()).features).toMatchObject({ shown: [{ value: 'create video', people: 10 }] });
    for (const key of ['ada', 'milo', 'noor', 'petra', 'quinn'])
      await the.kept.objections.object(idOf(key), 'analytics', 'settings');
    expect(await figures()).toMatchObject({ features: { shown: [] }, campaigns: { shown: [] } });
  });
});

describe('time goes by', () => {
  test('on the day it begins nothing is older than its promise', async () => {
    const swept = await the.kept.retention.sweep();
    expect(swept.flatMap(({ collections }) => collections).filter(({ erased }) => erased > 0)).toEqual([]);
    const logs = await models.deviceLogs.find().lean();
    expect(Math.max(...logs.map(({ at }) => ageOf(at)))).toBe(175);
  });

  test('seedance25.retention.after-deletion: a closed account goes on its day with its files; orders and security logs stay without the person', async () => {
    const ada = idOf('ada');
    const file = (await models.generations.findOne({ userId: ada }).lean())?.outputs[0]?.file ?? '';
    const orders = await models.orders.find({ userId: ada }).lean();
    const logs = await models.deviceLogs.find({ userId: ada }).lean();
    the.clock.forward({ days: 9 });
    await the.kept.retention.sweep();
    expect(await places(ada)).toEqual(expect.arrayContaining(['generations', 'orders', 'users']));
    expect(await the.media.has(file)).toBe(true);

    the.clock.forward({ days: 1 });
    await the.kept.retention.sweep();
    expect(await places(ada, 'ada@example.org', 'Ada Brandt')).toEqual([]);
    expect([await the.media.has(file), await the.media.has(`avatars/${ada}.gif`)]).toEqual([false, false]);
    for (const { userId: _, ...order } of orders) expect(await models.orders.findById(order._id).lean()).toEqual(order);
    const young = logs.filter(({ at }) => ageOf(at) < 180);
    expect(young).toHaveLength(1);
    for (const { userId: _, ...log } of young) expect(await models.deviceLogs.findById(log._id).lean()).toEqual(log);
  });

  test('seedance25.right.delete, seedance25.retention.after-deletion: who asks by mail is gone from every record and store, and the receipt lists what stays', async () => {
    const lina = the.protagonist;
    const mine = await models.generations.find({ userId: lina.id }).lean();
    const files = mine.flatMap(({ outputs, references }) => [...outputs, ...references].map(({ file }) => file));
    expect(files).toHaveLength(7);
    expect(await places(lina.id)).toEqual(
      expect.arrayContaining(['creditEntries', 'deviceLogs', 'firstVisits', 'generations', 'interactions', 'orders']),
    );
    const [orders, logs] = await Promise.all([
      models.orders.countDocuments({ userId: lina.id }),
      models.deviceLogs.countDocuments({
        userId: lina.id,
        at: { $gt: new Date(the.clock.now().getTime() - 180 * DAY) },
      }),
    ]);
    const without = { orders: await models.orders.countDocuments({ userId: null }) };

    const done = await the.eraseByMail(lina);
    expect(done).toMatchObject({ status: 'fulfilled', residue: { found: 0 } });
    expect(await places(lina.id, lina.email, 'Lina Aubert', 'A harbour that sails away')).toEqual([]);
    for (const file of files) expect([file, await the.media.has(file)]).toEqual([file, false]);
    expect(await models.orders.countDocuments({ userId: null })).toBe(without.orders + orders);

    const receipt = await erasureReceiptOf(the.kept, done._id);
    const lines = new Map(receipt?.lines.map((line) => [line.collection, line]));
    expect(lines.get('orders')).toMatchObject({ action: 'detach', done: orders });
    expect(lines.get('orders')?.ground?.article).toBe('Art 17(3)(b) GDPR');
    expect(lines.get('orders')?.until).toBe('2037-01-01');
    expect(lines.get('deviceLogs')).toMatchObject({ action: 'detach', done: logs });
    expect(lines.get('deviceLogs')?.ground?.article).toBe('Art 17(3)(e) GDPR');
    for (const name of ['users', 'sessions', 'generations', 'creditEntries', 'interactions', 'firstVisits'])
      expect([name, lines.get(name)?.action]).toEqual([name, 'erase']);
  });

  test('seedance25.retention.while-active: ten years later an active account has lost nothing but what another promise limits', async () => {
    const people = ['teo', 'milo', 'zeno'].map(idOf);
    const ofThem = { userId: { $in: people } };
    const still = () =>
      Promise.all([
        models.users.find({ _id: { $in: people } }).lean(),
        models.generations.find(ofThem).lean(),
        models.creditEntries.find(ofThem).lean(),
      ]);
    const before = await still();
    expect(before.map((each) => each.length)).toEqual([3, 4, 7]);
    const files = before[1].flatMap(({ outputs }) => outputs.map(({ file }) => file));
    the.clock.forward({ days: 3650 });
    await the.kept.retention.sweep();
    expect(await still()).toEqual(before);
    for (const file of files)
      expect([await the.media.has(file), await the.media.has(`${file}.thumbnail`)]).toEqual([true, true]);
    const limited = Promise.all([
      models.deviceLogs.countDocuments(),
      models.interactions.countDocuments(),
      models.firstVisits.countDocuments(),
      models.sessions.countDocuments(),
    ]);
    expect(await limited).toEqual([0, 0, 0, 0]);
  });

  test('an order goes when the books of its year may go', async () => {
    the.clock.set(new Date('2036-12-31T22:59:59Z'));
    await the.kept.retention.sweep({ rule: 'payments' });
    const left = await models.orders.find().lean();
    expect(left.map(({ paidAt }) => paidAt.getUTCFullYear())).toEqual([2026]);
    the.clock.set(new Date('2036-12-31T23:00:00Z'));
    await the.kept.retention.sweep({ rule: 'payments' });
    expect(await models.orders.countDocuments({})).toBe(0);
  });
});
