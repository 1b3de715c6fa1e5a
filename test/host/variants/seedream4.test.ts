import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { variant } from '../../../examples/video-host/variants/seedream4/index.ts';
import { type Models, modelsOn } from '../../../examples/video-host/variants/seedream4/models.ts';
import { deviceToken } from '../../../examples/video-host/variants/seedream4/seed.ts';
import { trainingRun } from '../../../examples/video-host/variants/seedream4/training.ts';
import { picture } from '../scene.ts';
import { openVariant, type VariantScene } from './openVariant.ts';

let the: VariantScene;
let models: Models;
beforeAll(async () => {
  the = await openVariant(variant);
  models = modelsOn(the.connection);
});
afterAll(() => the.close());

type Browser = ReturnType<typeof request.agent>;

/** The device of somebody of the cast. */
const deviceOf = (person: string): Browser => {
  const browser = request.agent(the.app);
  browser.set('cookie', `device=${deviceToken(person)}`);
  return browser;
};
const aBrowser = (): Browser => request.agent(the.app);
const look = { style: 'poster', aspect: 'square', strength: '40' };

/** Has images made of these lines, the first with an upload, and answers where they are. */
async function made(browser: Browser, prompt: string, items: readonly string[] = []): Promise<string> {
  const post = browser.post('/creations').field({ ...look, prompt });
  for (const [at, item] of items.entries()) post.field(`item-${at + 1}`, item);
  if (items.length > 0) post.attach('picture-1', picture, { filename: 'me.png', contentType: 'image/png' });
  const answer = await post.expect(303);
  return String(answer.headers.location);
}

async function openedAccount(browser: Browser, name: string, country?: string): Promise<string> {
  const email = `${name.toLowerCase()}@example.org`;
  await browser.post('/account').type('form').send({ name, email, password: 'a long enough one' }).expect(303);
  if (country) await browser.post('/contact').type('form').send({ country }).expect(303);
  const guest = await models.visitors.findOne({ email }).lean();
  return String(guest?._id);
}

describe('somebody without an account', () => {
  test('leaves nothing by looking around, and a hash of the cookie and a date by making an image', async () => {
    const browser = aBrowser();
    const before = await models.visitors.countDocuments();
    for (const path of ['/', '/creations', '/training', '/account']) await browser.get(path).expect(200);
    await browser.get('/privacy').expect(403);
    expect(await models.visitors.countDocuments()).toBe(before);

    const place = await made(browser, 'a kettle in love');
    await browser.get(place).expect(200);
    await browser.get(`${place}/image/0`).expect(200).expect('content-type', 'image/gif');
    await browser.get('/privacy').set('accept', 'text/html').expect(200);
    const creation = await models.creations.findById(place.slice('/creations/'.length)).lean();
    const guest = await models.visitors.findById(creation?.visitorId).lean();
    expect(Object.keys(guest ?? {}).sort()).toEqual(['_id', 'createdAt', 'deviceTokenHash', 'seenAt']);
  });

  test('sees what is theirs, and of others not even that it exists', async () => {
    const theirs = await models.creations.findOne({ prompt: 'a lighthouse in fog' }).lean();
    await deviceOf('ida').get(`/creations/${theirs?._id}/image/0`).expect(200);
    for (const path of ['', '/image/0', '/upload/0']) {
      await deviceOf('noor').get(`/creations/${theirs?._id}${path}`).expect(404);
      await request(the.app).get(`/creations/${theirs?._id}${path}`).expect(404);
    }
  });

  test('may open an account later, under the same record, and sign in elsewhere', async () => {
    const browser = aBrowser();
    const place = await made(browser, 'a door ajar');
    const id = await openedAccount(browser, 'Anka');
    expect(String((await models.creations.findById(place.slice('/creations/'.length)).lean())?.visitorId)).toBe(id);

    const elsewhere = aBrowser();
    const form = { email: 'anka@example.org', password: 'a long enough one' };
    await elsewhere
      .post('/sign-in')
      .type('form')
      .send({ ...form, password: 'another long one' })
      .expect(401);
    await elsewhere.post('/sign-in').type('form').send(form).expect(303);
    await elsewhere.get(place).expect(200);
    await browser.get(place).expect(404);
    await aBrowser()
      .post('/account')
      .type('form')
      .send({ ...form, name: 'Not Anka' })
      .expect(409);
  });
});

describe('a batch', () => {
  test('is kept item by item, each with its upload, its image and its words', async () => {
    const browser = aBrowser();
    const place = await made(browser, 'three cats', ['the first, in snow', 'the second', 'the third']);
    const creation = await models.creations.findById(place.slice('/creations/'.length)).lean();
    expect(creation?.batch.map(({ position, prompt, file }) => [position, prompt, file !== undefined])).toEqual([
      [0, 'the first, in snow', true],
      [1, 'the second', false],
      [2, 'the third', false],
    ]);
    expect(creation?.outputs.map(({ position }) => position)).toEqual([0, 1, 2]);
    const upload = await browser.get(`${place}/upload/0`).expect(200).expect('content-type', 'image/png');
    expect(Buffer.from(upload.body).equals(picture)).toBe(true);
    await browser.get(`${place}/upload/1`).expect(404);
  });

  test('loses one item with its files where the person deletes that one, and is gone with the last', async () => {
    const browser = aBrowser();
    const place = await made(browser, 'two dogs', ['the small one', 'the big one']);
    const id = place.slice('/creations/'.length);
    const [first, second] = [`${id}-0`, `${id}-1`];
    await browser.post(`${place}/items/7/delete`).expect(404);
    await browser.post(`${place}/items/0/delete`).expect(303).expect('location', place);

    expect((await the.everything()).files).not.toContain(first);
    expect((await the.everything()).files).toContain(second);
    const left = await models.creations.findById(id).lean();
    expect([left?.batch, left?.outputs].map((items) => items?.map((item) => item.position))).toEqual([[1], [1]]);
    expect(await the.placesOf('the small one')).toEqual([]);
    await browser.post(`${place}/items/1/delete`).expect(303).expect('location', '/creations');
    expect(await the.placesOf(id)).toEqual([]);
  });

  test.each([
    ['without words', { prompt: '' }, 'describe'],
    ['with too many words', { prompt: 'x'.repeat(1001) }, '1000'],
    ['in a style that there is not', { style: 'oil' }, 'styles'],
    ['of more than all its strength', { strength: '101' }, 'strength'],
    ['with a card number in it', { prompt: 'a card with 4111 1111 1111 1111 on it' }, 'card number'],
  ])('%s is refused, and leaves nothing', async (_title, wrong, words) => {
    const before = (await the.everything()).files;
    const form = { ...look, prompt: 'a hat', ...wrong };
    const answer = await aBrowser().post('/creations').type('form').send(form).expect(422);
    expect(answer.text).toContain(words);
    expect((await the.everything()).files).toBe(before);
    expect(await the.placesOf('4111 1111')).toEqual([]);
  });

  test('is not made while the person’s processing is restricted', async () => {
    const browser = aBrowser();
    const place = await made(browser, 'a stone');
    const creation = await models.creations.findById(place.slice('/creations/'.length)).lean();
    const by = (
      await the.kept.staff.add({ email: 'r@kept.test', name: 'R', role: 'lead', password: 'a long password' })
    )._id;
    await the.kept.holds.place({ kind: 'restriction', subject: String(creation?.visitorId), ground: 'Art 18', by });
    const answer = await browser
      .post('/creations')
      .type('form')
      .send({ ...look, prompt: 'a second pebble' })
      .expect(403);
    expect(answer.text).toContain('restricted');
    expect(await the.placesOf('a second pebble')).toEqual([]);
  });
});

describe('what is noted in passing', () => {
  test('is a count a day and three words about the device, and no line of the browser', async () => {
    const browser = aBrowser();
    browser.set('user-agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 secret');
    await made(browser, 'a fern');
    const place = await made(browser, 'a second fern');
    const creation = await models.creations.findById(place.slice('/creations/'.length)).lean();
    const noted = await models.activities.find({ visitorId: String(creation?.visitorId) }).lean();
    expect(noted).toMatchObject([
      { feature: 'image', count: 2, at: new Date('2026-03-03T00:00:00Z'), os: 'Linux', browser: 'Firefox' },
    ]);
    expect(await the.placesOf('rv:140', 'secret')).toEqual([]);
  });

  test('seedream4.cookie.preferences: a choice is remembered when it was made, a habit only after a yes', async () => {
    const browser = aBrowser();
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

    const device = deviceOf('wren');
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

    await deviceOf('noor').post('/training').type('form').send({ what: 'give' }).expect(303);
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
    const browser = aBrowser();
    const id = await openedAccount(browser, 'Bela', 'AT');
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
