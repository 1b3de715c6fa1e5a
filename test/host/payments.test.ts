import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadPack } from '@kept/core';
import { type Browser, type HostScene, openScene, signedUp } from './scene.ts';

const card = '4242424242424242';

let scene: HostScene;
let browser: Browser;
beforeAll(async () => {
  scene = await openScene('payments');
  browser = await signedUp(scene, 'Ada');
});
afterAll(() => scene.close());

describe('buying credits', () => {
  test('sdance-ai.collects.payment: leaves references of the payment processor, four digits and an invoice number', async () => {
    await browser.post('/account/credits').type('form').send({ pack: 'small' }).expect(303);
    const ada = await scene.models.users.findOne({ email: 'ada@example.org' }).lean();
    const payment = await scene.models.payments.findOne().lean();
    expect(Object.keys(payment ?? {}).sort()).toEqual(
      [
        '_id',
        'amount',
        'country',
        'currency',
        'invoiceNumber',
        'last4',
        'paidAt',
        'processor',
        'processorRef',
        'status',
        'userId',
      ].sort(),
    );
    expect(payment).toMatchObject({
      userId: ada?._id,
      processor: 'creem',
      processorRef: expect.stringMatching(/^ch_[a-z]{16}$/),
      status: 'paid',
      amount: 900,
      currency: 'EUR',
      last4: expect.stringMatching(/^\d{4}$/),
      country: 'SE',
      invoiceNumber: expect.stringMatching(/^SD-[0-9A-Z]{7}$/),
      paidAt: scene.now,
    });
    const bought = await scene.models.creditEntries.findOne({ reason: 'purchase' }).lean();
    expect(bought).toMatchObject({ userId: ada?._id, amount: 50, paymentId: payment?._id });
    expect((await browser.get('/account')).text).toContain('You have <strong>60</strong>');
  });

  test('of a pack that is not on sale leaves nothing', async () => {
    await browser.post('/account/credits').type('form').send({ pack: 'constructor' }).expect(422);
    expect(await scene.models.payments.countDocuments()).toBe(1);
  });
});

describe('a card number', () => {
  test('is refused under any name, and nothing is bought or stored (part of sdance-ai.never.card-number)', async () => {
    for (const sent of [{ cardNumber: card }, { note: `my card: 4242-4242 4242 4242` }, { pack: card }]) {
      await browser
        .post('/account/credits')
        .type('form')
        .send({ pack: 'small', ...sent })
        .expect(422);
    }
    await browser
      .post('/account/credits')
      .send({ pack: 'small', card: Number(card) })
      .expect(422);
    expect(await scene.models.payments.countDocuments()).toBe(1);
    expect(await scene.everything()).not.toMatch(/4242.?4242/);
  });

  test('sdance-ai.collects.payment: nothing stands beside these, and a card number in none of them', async () => {
    const { _id, ...paid } = (await scene.models.payments.findOne().lean()) ?? {};
    const write = (wrong: object) =>
      scene.models.payments.create({ ...paid, processorRef: 'ch_other', ...wrong } as never);
    await expect(write({ cardNumber: card })).rejects.toMatchObject({ name: 'StrictModeError' });
    for (const more of [{ cardHolder: 'Ada' }, { expires: '12/30' }, { iban: 'SE45' }])
      await expect(write(more)).rejects.toMatchObject({ name: 'StrictModeError' });
    await expect(write({ last4: card })).rejects.toMatchObject({ name: 'ValidationError' });
    await expect(write({ processorRef: card })).rejects.toMatchObject({ name: 'ValidationError' });
    await expect(write({ invoiceNumber: '4242 4242 4242 4242' })).rejects.toMatchObject({ name: 'ValidationError' });
    expect(await scene.models.payments.countDocuments()).toBe(1);

    const { inventory } = await loadPack('sdance-ai');
    const fields = inventory.collections.flatMap(({ name, fields }) =>
      fields.filter(({ category }) => /^payment(\.|$)/.test(category)).map(({ path }) => `${name}.${path}`),
    );
    const known = Object.keys(paid).filter((path) => path !== 'userId');
    expect(fields.sort()).toEqual(known.map((path) => `payments.${path}`).sort());
  });
});
