import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { variant } from '../../../examples/video-host/variants/seedream4/index.ts';
import { type Models, modelsOn } from '../../../examples/video-host/variants/seedream4/models.ts';
import { trainingRun } from '../../../examples/video-host/variants/seedream4/training.ts';
import { aBrowser, deviceOf, look, made, openedAccount, ownerOf } from './editing.ts';
import { openVariant, type VariantScene } from './openVariant.ts';

let the: VariantScene;
let models: Models;
beforeAll(async () => {
  the = await openVariant(variant);
  models = modelsOn(the.connection);
});
afterAll(() => the.close());

describe('what is noted in passing', () => {
  test('is a count a day and three words about the device, and no line of the browser', async () => {
    const browser = aBrowser(the);
    browser.set('user-agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 secret');
    await made(browser, 'a fern');
    const place = await made(browser, 'a second fern');
    const noted = await models.activities.find({ visitorId: await ownerOf(the, place) }).lean();
    expect(noted).toMatchObject([
      { feature: 'image', count: 2, at: new Date('2026-03-03T00:00:00Z'), os: 'Linux', browser: 'Firefox' },
    ]);
    expect(await the.placesOf('rv:140', 'secret')).toEqual([]);
  });

  test('a choice is remembered when it was made, a habit only after a yes (part of seedream4.cookie.preferences)', async () => {
    const browser = aBrowser(the);
    const chosen = await browser.post('/look').type('form').send({ style: 'watercolour', aspect: 'tall' }).expect(303);
    expect(String(chosen.headers['set-cookie'])).toContain('look=watercolour.tall');

    const form = { ...look, prompt: 'a moth' };
    const silent = await browser.post('/creations').type('form').send(form).expect(303);
    expect(String(silent.headers['set-cookie'])).toMatch(/^device=/);
    expect(String(silent.headers['set-cookie'])).not.toContain('look=');
    await browser.post('/privacy/consents').type('form').send({ flag: 'personalisation', what: 'give' }).expect(303);
    const agreed = await browser.post('/creations').type('form').send(form).expect(303);
    expect(String(agreed.headers['set-cookie'])).toContain('look=poster.square');
    expect(await the.placesOf('watercolour.tall', 'poster.square')).toEqual([]);
  });
});

describe('training', () => {
  const run = (name: string) => trainingRun({ models, kept: the.kept, now: () => the.clock.now() }, name);
  const usesOf = async (id: string): Promise<string[]> => {
    const uses = await models.trainingUses.find({ visitorId: id }).sort({ at: 1, run: 1 }).lean();
    return uses.map((use) => use.run);
  };

  test('seedream4.consent.training-opt-out: silence is a yes in Virginia, an opt-out holds from the next run on, and what was used before is listed', async () => {
    const wren = the.people.wren?.id ?? '';
    const before = await usesOf(wren);
    await run('first');
    expect((await usesOf(wren)).length).toBe(before.length + 2);
    await run('first');
    expect((await usesOf(wren)).length).toBe(before.length + 2);

    const device = deviceOf(the, 'wren');
    const overview = await device.get('/privacy').set('accept', 'text/html').expect(200);
    expect(overview.text).toContain('goes on until you say no');
    await device.post('/training').type('form').send({ what: 'withdraw' }).expect(303);
    await run('second');
    expect(await usesOf(wren)).not.toContain('second');
    const page = await device.get('/training').expect(200);
    expect(page.text).toContain('Your images are not used');
    expect(page.text.match(/<td>first<\/td>/g)).toHaveLength(2);
    expect(page.text).toContain('a red barn');
  });

  test('seedream4.consent.training-opt-out: in Austria, and where no home is known, silence is a no, and a yes is written down with its version', async () => {
    const [ida, noor] = [the.people.ida?.id ?? '', the.people.noor?.id ?? ''];
    const before = await usesOf(ida);
    await run('third');
    expect([await usesOf(ida), await usesOf(noor)]).toEqual([before, []]);

    await deviceOf(the, 'noor').post('/training').type('form').send({ what: 'give' }).expect(303);
    await run('fourth');
    expect(await usesOf(noor)).toEqual(['fourth', 'fourth']);
    expect(await models.trainingUses.findOne({ visitorId: noor }).lean()).toMatchObject({
      flag: 'training',
      flagVersion: the.kept.policy.version,
      at: the.clock.now(),
    });
  });
});

describe('a plan', () => {
  test('is paid by a token with four digits, and a card number in any field is refused by the policy and kept nowhere', async () => {
    const browser = aBrowser(the);
    const id = await openedAccount(the, browser, 'Bela', 'AT');
    const billingAddress = 'Bela, Kirchgasse 2, 8010 Graz';
    for (const wrong of [{ billingAddress, card: '5555 5555 5555 4444' }, { billingAddress: '378282246310005' }]) {
      const answer = await browser.post('/account/plan').type('form').send(wrong).expect(422);
      expect(answer.text).toContain('never stored');
    }
    expect(await models.payments.countDocuments({ visitorId: id })).toBe(0);

    await browser.post('/account/plan').type('form').send({ billingAddress }).expect(303);
    await browser.post('/account/plan').type('form').send({ billingAddress }).expect(409);
    const payment = await models.payments.findOne({ visitorId: id }).lean();
    expect(payment).toMatchObject({ token: expect.stringMatching(/^tok_[a-z]{16}$/), country: 'AT' });
    expect(payment?.last4).toMatch(/^\d{4}$/);
    expect(await the.placesOf('Kirchgasse')).toEqual(['visitors']);
    expect(await the.placesOf('5555 5555', '378282246310005')).toEqual([]);
  });

  test('no text field takes a card number, whoever writes the record', async () => {
    const at = the.clock.now();
    const wrong = [
      models.payments.create({
        token: '4111111111111111',
        last4: '1111',
        amount: 1,
        currency: 'EUR',
        country: 'AT',
        invoiceNumber: 'x',
        paidAt: at,
      }),
      models.payments.create({
        token: 'tok_a',
        last4: '4111111111111111',
        amount: 1,
        currency: 'EUR',
        country: 'AT',
        invoiceNumber: 'x',
        paidAt: at,
      }),
    ];
    for (const writing of wrong) await expect(writing).rejects.toMatchObject({ name: 'ValidationError' });
    expect(await the.placesOf('4111111111111111')).toEqual([]);
  });
});
