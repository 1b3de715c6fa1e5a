import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { thumbnailOf } from '../../../examples/video-host/src/media/media.ts';
import { idOf } from '../../../examples/video-host/variants/stripe-paypal-studio/seed.ts';
import { openStudio, type StudioScene } from './openStudio.ts';

let the: StudioScene;
beforeAll(async () => {
  the = await openStudio();
});
afterAll(() => the.close());

describe('a person who asks by mail to be deleted', () => {
  test('stripe-paypal-studio.right.deletion: is gone from every collection and file, and the letter names each limit with its ground and its end', async () => {
    const { id, email } = the.protagonist;
    const own = ['mara.kitchen', 'mara.pier', 'mara.whale'].map((label) => `outputs/${idOf(label)}.gif`);
    const files = [...own, ...own.map(thumbnailOf), `uploads/${idOf('mara.kitchen upload')}.gif`];
    for (const file of files) expect([file, await the.media.has(file)]).toEqual([file, true]);
    expect(await the.placesOf(id)).toEqual([
      'contentViews',
      'generations',
      'payments',
      'requestLogs',
      'sessions',
      'uploads',
      'users',
    ]);
    const others = await the.models.generations.countDocuments({ userId: { $ne: idOf('mara') } });

    const erased = await the.eraseByMail(the.protagonist);
    expect(erased).toMatchObject({ status: 'fulfilled', residue: { found: 0 } });

    expect((await the.placesOf(id, email)).filter((name) => !name.startsWith('kept_'))).toEqual([]);
    for (const file of files) expect([file, await the.media.has(file)]).toEqual([file, false]);
    expect(await the.models.generations.countDocuments()).toBe(others);
    await the.stranger().get('/s/pier-of-mara').expect(404);

    const payments = await the.models.payments.find({ userId: null }).lean();
    expect(payments.map((payment) => Object.keys(payment).sort())).toEqual(
      Array.from({ length: 2 }, () => ['_id', 'paidAt', 'status', 'transactionId']),
    );
    expect(await the.models.contentViews.find({ userId: null }).lean()).toHaveLength(1);

    const letter = the.mailer.sent.findLast(({ to, subjectLine }) => to === email && /erased/.test(subjectLine));
    const text = letter?.text.replace(/\s+/g, ' ') ?? '';
    for (const limit of [
      'Transaction id and status of a payment: 2 records Why: tax law asks for the records of payments to be kept. Until: 1 January 2035.',
      'why, when: 1 record Why: that staff looked for a listed purpose only must remain provable. Until: 11 February 2027.',
      'They are overwritten within 35 days.',
      'Records of rights requests and their answers: 1 record Why: that a rights request was answered must remain provable. Until: 1 January 2030.',
    ])
      expect(text).toContain(limit);
    expect(text).not.toContain('Billing email');
  });

  test('leaves views by staff for the rest of their year, and payments for their eight', async () => {
    const at = async (day: string): Promise<[number, number]> => {
      the.clock.set(new Date(day));
      await the.kept.retention.sweep();
      const kept = { userId: null };
      return [await the.models.contentViews.countDocuments(kept), await the.models.payments.countDocuments(kept)];
    };
    expect(await at('2027-02-09T00:00:00Z')).toEqual([1, 2]);
    expect(await at('2027-02-11T00:00:00Z')).toEqual([0, 2]);
    expect(await at('2034-12-31T22:59:00Z')).toEqual([0, 1]);
    expect(await at('2034-12-31T23:00:00Z')).toEqual([0, 0]);
  });
});
