import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { thumbnailOf } from '../../../examples/video-host/src/media/media.ts';
import { idOf } from '../../../examples/video-host/variants/stripe-paypal-studio/seed.ts';
import { anAgent, linkTo, look, made, openStudio, type StudioScene } from './openStudio.ts';

let the: StudioScene;
beforeAll(async () => {
  the = await openStudio();
});
afterAll(() => the.close());

/** What Kept keeps of looks and disclosures without a person. */
const loose = (name: 'views' | 'disclosures'): Promise<object[]> =>
  the.connection.collection(`kept_${name}`).find({ subject: null }).toArray();

describe('a person who asks by mail to be deleted', () => {
  test('stripe-paypal-studio.right.deletion: is gone from every collection and file, and the letter names each limit with its ground and its end', async () => {
    const { id, email } = the.protagonist;
    const own = ['mara.kitchen', 'mara.pier', 'mara.whale'].map((label) => `outputs/${idOf(label)}.gif`);
    const files = [...own, ...own.map(thumbnailOf), `uploads/${idOf('mara.kitchen upload')}.gif`];
    for (const file of files) expect([file, await the.media.has(file)]).toEqual([file, true]);
    const { token } = await anAgent(the);
    const why = { purpose: 'service.troubleshooting', reason: 'K-7F3A2C: the preview stayed grey' };
    await look(the, token, { item: String(idOf('mara.kitchen')), ...why }).expect(200);
    const browser = await the.signedIn('mara');
    const path = await linkTo(browser, String(idOf('mara.pier')));
    await the.stranger().get(path).expect(200);
    await made(browser, 'A kite');
    const hosts = (name: string): boolean => !name.startsWith('kept_');
    expect((await the.placesOf(id)).filter(hosts)).toEqual([
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

    expect((await the.placesOf(id, email)).filter(hosts)).toEqual([]);
    for (const file of files) expect([file, await the.media.has(file)]).toEqual([file, false]);
    expect(await the.models.generations.countDocuments()).toBe(others);
    await the.stranger().get(path).expect(404);

    const payments = await the.models.payments.find({ userId: null }).lean();
    expect(payments.map((payment) => Object.keys(payment).sort())).toEqual(
      Array.from({ length: 2 }, () => ['_id', 'paidAt', 'status', 'transactionId']),
    );
    expect(await the.connection.collection('kept_links').countDocuments()).toBe(0);
    expect(await loose('views')).toMatchObject([why]);
    expect(await loose('disclosures')).toMatchObject([{ recipient: 'ai-provider', categories: expect.any(Array) }]);

    const letter = the.mailer.sent.findLast(({ to, subjectLine }) => to === email && /erased/.test(subjectLine));
    const text = letter?.text.replace(/\s+/g, ' ') ?? '';
    for (const limit of [
      'Transaction id and status of a payment: 2 records Why: tax law asks for the records of payments to be kept. Until: 1 January 2035.',
      'Who received data or looked at it, when and why: 1 record Why: that data was seen and passed on for listed purposes only must remain provable. Until: 3 March 2027.',
      'They are overwritten within 35 days.',
      'Records of rights requests and their answers: 1 record Why: that a rights request was answered must remain provable. Until: 1 January 2030.',
    ])
      expect(text).toContain(limit);
    expect(text).not.toContain('Billing email');
    expect(text).not.toContain('the end is not known');
  });

  test('leaves who saw and received data for the rest of its year, and payments for their eight', async () => {
    const at = async (day: string): Promise<number[]> => {
      the.clock.set(new Date(day));
      await the.kept.retention.sweep();
      const payments = await the.models.payments.countDocuments({ userId: null });
      return [(await loose('views')).length, (await loose('disclosures')).length, payments];
    };
    expect(await at('2027-03-01T00:00:00Z')).toEqual([1, 1, 2]);
    expect(await at('2027-03-03T08:00:00Z')).toEqual([0, 0, 2]);
    expect(await at('2034-12-31T22:59:00Z')).toEqual([0, 0, 1]);
    expect(await at('2034-12-31T23:00:00Z')).toEqual([0, 0, 0]);
  });
});
