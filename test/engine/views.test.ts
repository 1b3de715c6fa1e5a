import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Kept, loadPack, type NewView } from '@kept/core';
import mongoose from 'mongoose';
import { type Scene, scene } from '../support/scene.ts';

const { ObjectId } = mongoose.mongo;

let the: Scene;
let kept: Kept;
let agent: string;
let ann: string;

beforeAll(async () => {
  the = await scene({ policy: await loadPack('stripe-paypal-studio') });
  kept = the.kept;
  const member = { email: 'ada@studio.test', name: 'Ada', role: 'agent', password: 'a long enough one' } as const;
  agent = (await kept.staff.add(member))._id;
});
afterAll(() => the.close());
beforeEach(async () => {
  for (const name of ['users', 'generations', 'kept_views', 'kept_findings'])
    await the.db.collection(name).deleteMany({});
  const _id = new ObjectId();
  ann = String(_id);
  await the.db
    .collection('users')
    .insertOne({ _id, email: 'ann@example.org', plan: 'free', createdAt: the.clock.now() });
});

const look = (change: Partial<NewView> = {}): Promise<Awaited<ReturnType<Kept['views']['open']>>> =>
  kept.views.open({
    by: agent,
    subject: ann,
    collection: 'generations',
    fields: ['outputs[].file'],
    record: 'a'.repeat(24),
    purpose: 'safety.abuse',
    reason: 'report K-7F3A2C',
    ...change,
  });

describe('a view by staff', () => {
  test.each(['safety.monitoring', 'safety.abuse', 'service.troubleshooting', 'legal.obligation'])(
    'is permitted for %s with a reason, and is written down before it is answered',
    async (purpose) => {
      const { decision, view } = await look({ purpose });
      expect(decision).toMatchObject({ outcome: 'permitted', terms: ['a reason is given, and the view is recorded'] });
      expect((await kept.views.of(ann)).items).toEqual([
        {
          at: the.clock.now(),
          role: 'agent',
          purpose,
          reason: 'report K-7F3A2C',
          categories: ['generation.output'],
          collection: 'generations',
          record: 'a'.repeat(24),
        },
      ]);
      await kept.evidence.sequence();
      expect(await kept.evidence.entries({ kind: 'views', id: view })).toMatchObject([{ type: 'StaffViewed' }]);
    },
  );

  test('is denied for another purpose, and the attempt is in the evidence and not on the page', async () => {
    for (const purpose of ['service.support', 'improvement', 'service.delivery']) {
      const { decision, view } = await look({ purpose });
      expect([purpose, decision.outcome]).toEqual([purpose, 'forbidden']);
      await kept.evidence.sequence();
      expect(await kept.evidence.entries({ kind: 'views', id: view })).toMatchObject([{ type: 'StaffViewDenied' }]);
    }
    expect(await kept.views.of(ann)).toEqual({ items: [], total: 0 });
  });

  test('of a whole record is permitted only where all of it is', async () => {
    const whole = { purpose: 'service.troubleshooting', fields: undefined } as never;
    expect((await look(whole)).decision.outcome).toBe('permitted');
    expect((await look({ ...(whole as object), collection: 'users' })).decision).toMatchObject({
      outcome: 'forbidden',
      because: expect.arrayContaining([
        expect.objectContaining({ text: expect.stringContaining('account.credential') }),
      ]),
    });
  });

  test('of a restricted person is for safety and law alone', async () => {
    const hold = await kept.holds.place({ kind: 'restriction', subject: ann, ground: 'accuracy', by: agent });
    expect((await look({ purpose: 'service.troubleshooting' })).decision.outcome).toBe('forbidden');
    expect((await look({ purpose: 'safety.abuse' })).decision.outcome).toBe('permitted');
    await kept.holds.lift(hold, agent);
  });

  test('never tells the person who looked', async () => {
    await look();
    const told = JSON.stringify(await kept.views.of(ann));
    expect([told.includes(agent), told.includes('Ada')]).toEqual([false, false]);
  });

  test('is told to nobody else', async () => {
    await look();
    expect((await kept.views.of('somebody else')).total).toBe(0);
  });
});

describe('what is refused', () => {
  test.each<[string, Partial<NewView>, string]>([
    ['somebody who is no staff member', { by: 'mallory' }, 'APPROVAL_REFUSED'],
    ['an operator for a staff member', { by: { $ne: '' } as never }, 'APPROVAL_REFUSED'],
    ['an operator for a subject', { subject: { $ne: '' } as never }, 'SUBJECT_INVALID'],
    ['no reason', { reason: '' }, 'REASON_INVALID'],
    ['a reason that says nothing', { reason: 'hm' }, 'REASON_INVALID'],
    ['a reason that names an address', { reason: 'asked by ann@example.org' }, 'REASON_INVALID'],
    ['a reason with a card number', { reason: 'paid with 4242 4242 4242 4242' }, 'REASON_INVALID'],
    ['a reason without end', { reason: 'x'.repeat(301) }, 'REASON_INVALID'],
    ['a purpose that nobody knows', { purpose: 'curiosity' }, 'QUESTION_INVALID'],
    ['an operator for a purpose', { purpose: { $gt: '' } as never }, 'INPUT_INVALID'],
    ['a field that the inventory does not have', { fields: ['__proto__'] }, 'VIEW_INVALID'],
    ['no field', { fields: [] }, 'VIEW_INVALID'],
    ['a collection that the inventory does not have', { collection: 'kept_staff' }, 'VIEW_INVALID'],
    ['a category that nobody knows', { category: 'generation.secret' }, 'QUESTION_INVALID'],
  ])('%s', async (_what, change, code) => {
    await expect(look(change)).rejects.toMatchObject({ code });
    expect(await the.db.collection('kept_views').countDocuments()).toBe(0);
  });

  test('a colleague who has left', async () => {
    await the.db
      .collection<{ _id: string }>('kept_staff')
      .updateOne({ _id: agent }, { $set: { disabledAt: new Date() } });
    await expect(look()).rejects.toMatchObject({ code: 'APPROVAL_REFUSED' });
    await the.db.collection<{ _id: string }>('kept_staff').updateOne({ _id: agent }, { $unset: { disabledAt: '' } });
  });
});

describe('what is left of views', () => {
  test('they end by the rule that covers them', async () => {
    const { view } = await look();
    the.clock.forward({ days: 364 });
    await kept.retention.sweep({ rule: 'views' });
    expect((await kept.views.of(ann)).total).toBe(1);
    the.clock.forward({ days: 1 });
    await kept.retention.sweep({ rule: 'views' });
    expect((await kept.views.of(ann)).total).toBe(0);
    expect(await kept.evidence.verify()).toMatchObject({ ok: true });
    const [entry] = await kept.evidence.entries({ kind: 'views', id: view });
    const details = the.db.collection<{ _id: string }>('kept_evidenceDetails');
    expect(await details.countDocuments({ _id: entry?._id ?? '' })).toBe(0);
  });
});
