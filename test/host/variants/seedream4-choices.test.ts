import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lint } from '@kept/core';
import { Types } from 'mongoose';
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

  test('a choice is remembered when it was made, a habit only after a yes and no longer than that (part of seedream4.cookie.preferences)', async () => {
    const browser = aBrowser(the);
    const setBy = async (path: string, form: object): Promise<string> =>
      String((await browser.post(path).type('form').send(form).expect(303)).headers['set-cookie'] ?? '');
    expect(await setBy('/look', { style: 'watercolour', aspect: 'tall' })).toContain('look=watercolour.tall');

    const form = { ...look, prompt: 'a moth' };
    const silent = await setBy('/creations', form);
    expect(silent).toMatch(/^device=/);
    expect(silent).not.toContain('habit=');
    await setBy('/privacy/cookies', { kind: 'personalisation', what: 'give' });
    expect(await setBy('/creations', form)).toContain('habit=poster.square');
    // What was chosen comes before what was only used.
    expect((await browser.get('/').expect(200)).text).toContain('<option selected>watercolour</option>');

    await setBy('/privacy/consents', { flag: 'personalisation', what: 'withdraw' });
    const page = await browser.get('/').expect(200);
    expect(String(page.headers['set-cookie'])).toContain('habit=; Path=/; Max-Age=0');
    expect(await setBy('/creations', form)).not.toContain('habit=poster');
    expect(await the.placesOf('watercolour.tall', 'poster.square')).toEqual([]);
  });

  test('no cookie is set but those whose kind is known (part of seedream4.cookie.preferences)', async () => {
    await the.kept.workOff();
    const codes = (await the.kept.findings.open()).map(({ code }) => code);
    expect(codes).not.toContain('COOKIE_UNREGISTERED');
    const kinds = (await aBrowser(the).get('/privacy/cookies').set('accept', 'application/json').expect(200)).body
      .kinds;
    expect(kinds).toMatchObject([
      { kind: 'function', isNeeded: true, isAllowed: true },
      { kind: 'preferences', isNeeded: true, isAllowed: true },
      { kind: 'personalisation', isNeeded: false, isAllowed: false },
    ]);
  });
});

describe('training', () => {
  const run = (name: string) => trainingRun({ models, kept: the.kept }, name);
  const usesOf = async (person: string): Promise<string[]> =>
    (await the.kept.uses.of(the.people[person]?.id ?? '')).items.map(({ set }) => set).sort();
  const says = (person: string, what: 'give' | 'withdraw') => {
    the.clock.forward({ seconds: 1 });
    return deviceOf(the, person).post('/training').type('form').send({ what }).expect(303);
  };

  test('seedream4.consent.training-opt-out: silence is a yes in Virginia, an opt-out holds from the next decision on, and what was used before is listed', async () => {
    await run('first');
    await run('first');
    expect(await usesOf('wren')).toEqual(['first', 'first']);

    const device = deviceOf(the, 'wren');
    const overview = await device.get('/privacy').set('accept', 'text/html').expect(200);
    expect(overview.text).toContain('goes on until you say no');
    await says('wren', 'withdraw');
    await run('second');
    expect(await usesOf('wren')).toEqual(['first', 'first']);
    const page = await device.get('/training').expect(200);
    expect(page.text).toContain('Your images are not used');
    expect(page.text.match(/<td>first<\/td>/g)).toHaveLength(2);
    expect(page.text).toContain('a red barn');
    expect((await device.get('/privacy').set('accept', 'application/json').expect(200)).body.uses).toMatchObject([
      { set: 'first', purpose: 'training', records: 2 },
    ]);
    expect((await deviceOf(the, 'ida').get('/training').expect(200)).text).toContain('Nothing of yours was used');
  });

  test('seedream4.consent.training-opt-out: whoever says no while a run is under way is left out from that moment on', async () => {
    await says('wren', 'give');
    const wren = the.people.wren?.id ?? '';
    const image = (record: string) => ({ subject: wren, record, categories: ['generation.output'] });
    const handedOut: string[] = [];
    const items = [image('before'), image('after')];
    for await (const { record } of the.kept.uses.build({ purpose: 'training', set: 'under way', items })) {
      handedOut.push(record);
      await says('wren', 'withdraw');
    }
    expect(handedOut).toEqual(['before']);
  });

  test('seedream4.consent.training-opt-out: in Austria, and where no home is known, silence is a no, and a yes is written down with its version', async () => {
    await run('third');
    expect([await usesOf('ida'), await usesOf('noor')]).toEqual([[], []]);

    await says('noor', 'give');
    await run('fourth');
    expect(await usesOf('noor')).toEqual(['fourth', 'fourth']);
    const { version } = the.kept.policy;
    expect((await the.kept.uses.of(the.people.noor?.id ?? '')).items[0]).toMatchObject({
      categories: ['generation.prompt', 'generation.output'],
      flags: [{ flag: 'training', version }],
      policyVersion: version,
      at: the.clock.now(),
    });
  });

  test('the app keeps no list of its own of what was used', async () => {
    const places = await the.placesOf('fourth');
    expect(places.filter((name) => !name.startsWith('kept_'))).toEqual([]);
    expect(places).toContain('kept_uses');
  });
});

describe('a plan', () => {
  test('seedream4.collects.payment: is paid by a token with four digits, and a card number in any field is refused by the policy and kept nowhere', async () => {
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

  test('seedream4.collects.payment: no record takes a card number, whoever writes it and however; a token and four digits are taken', async () => {
    const visitorId = new Types.ObjectId();
    const told = {
      visitorId,
      amount: 1,
      currency: 'EUR',
      country: 'AT',
      invoiceNumber: 'SR-X',
      paidAt: the.clock.now(),
    };
    const card = '4111 1111 1111 1111';
    const writing = [
      () => models.payments.create({ ...told, token: card, last4: '1111' }),
      () => models.payments.insertMany([{ ...told, token: 'tok_a', last4: '1111', invoiceNumber: `for ${card}` }]),
      () => models.payments.updateOne({ token: 'tok_a' }, { $set: { token: '4111111111111111' } }),
      () => models.visitors.updateMany({}, [{ $set: { 'account.billingAddress': card } }], { updatePipeline: true }),
      () => models.visitors.bulkWrite([{ updateOne: { filter: {}, update: { 'account.name': card } } }]),
      () => models.creations.findOneAndUpdate({}, { $push: { batch: { position: 9, prompt: card } } }),
      () => models.activities.create({ visitorId, feature: card, count: 1, at: the.clock.now() }),
    ];
    for (const write of writing) await expect(write()).rejects.toMatchObject({ code: 'WRITE_REFUSED' });
    await expect(
      models.payments.collection.insertOne({ ...told, token: 'tok_a', last4: '1111', cardHolder: 'Bela' } as never),
    ).rejects.toMatchObject({ code: 'WRITE_REFUSED' });
    expect(await the.placesOf('4111 1111', '4111111111111111')).toEqual([]);
    expect(lint(the.kept.policy).findings).toContainEqual(
      expect.objectContaining({ code: 'CARD_NUMBER_COLLECTED', clause: 'seedream4.collects.payment' }),
    );
    await models.payments.create({ ...told, token: 'tok_a', last4: '1111' });
    expect(await models.payments.countDocuments({ visitorId })).toBe(1);
  });
});
