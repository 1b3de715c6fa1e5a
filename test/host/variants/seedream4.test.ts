import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lint } from '@kept/core';
import sharp from 'sharp';
import request from 'supertest';
import { variant } from '../../../examples/video-host/variants/seedream4/index.ts';
import { type Models, modelsOn } from '../../../examples/video-host/variants/seedream4/models.ts';
import { picture } from '../scene.ts';
import { aBrowser, deviceOf, look, made, openedAccount, ownerOf } from './editing.ts';
import { openVariant, type VariantScene } from './openVariant.ts';

let the: VariantScene;
let models: Models;
beforeAll(async () => {
  the = await openVariant(variant);
  models = modelsOn(the.connection);
});
afterAll(() => the.close());

describe('somebody without an account', () => {
  test('leaves nothing by looking around, and a hash of the cookie and a date by making an image', async () => {
    const browser = aBrowser(the);
    const before = await models.visitors.countDocuments();
    for (const path of ['/', '/creations', '/training', '/account']) await browser.get(path).expect(200);
    await browser.get('/privacy').expect(403);
    expect(await models.visitors.countDocuments()).toBe(before);

    const place = await made(browser, 'a kettle in love');
    await browser.get(place).expect(200);
    await browser.get(`${place}/image/0`).expect(200).expect('content-type', 'image/gif');
    await browser.get('/privacy').set('accept', 'text/html').expect(200);
    const guest = await models.visitors.findById(await ownerOf(the, place)).lean();
    expect(Object.keys(guest ?? {}).sort()).toEqual(['_id', 'createdAt', 'deviceTokenHash', 'seenAt']);
  });

  test('seedream4.consent.by-use: has used it, which is recorded as acceptance of the version, reported as no consent, and sets no flag', async () => {
    const browser = aBrowser(the);
    const place = await made(browser, 'a bell');
    const subject = await ownerOf(the, place);
    const accepted = the.connection.collection('kept_acceptances').find({ subject });
    expect(await accepted.toArray()).toMatchObject([{ policyVersion: the.kept.policy.version, source: 'first use' }]);

    expect(await the.kept.consents.history(subject)).toEqual([]);
    for (const { flag, gates } of the.kept.policy.consents) {
      const [purpose = '', category = ''] = [gates.purposes[0], gates.categories[0]];
      const { outcome, because } = await the.kept.decide({ subject, purpose, category });
      expect([flag, outcome, because.map((reason) => reason.rule)]).toEqual([flag, 'forbidden', [`consents.${flag}`]]);
    }
    expect(lint(the.kept.policy).findings).toContainEqual(
      expect.objectContaining({ code: 'CONSENT_BY_USE', clause: 'seedream4.consent.by-use' }),
    );
  });

  test('sees what is theirs, and of others not even that it exists', async () => {
    const theirs = await models.creations.findOne({ prompt: 'a lighthouse in fog' }).lean();
    await deviceOf(the, 'ida').get(`/creations/${theirs?._id}/image/0`).expect(200);
    for (const path of ['', '/image/0', '/upload/0']) {
      await deviceOf(the, 'noor').get(`/creations/${theirs?._id}${path}`).expect(404);
      await request(the.app).get(`/creations/${theirs?._id}${path}`).expect(404);
    }
  });

  test('may open an account later, under the same record, and sign in elsewhere', async () => {
    const browser = aBrowser(the);
    const place = await made(browser, 'a door ajar');
    const id = await openedAccount(the, browser, 'Anka');
    expect(await ownerOf(the, place)).toBe(id);

    const elsewhere = aBrowser(the);
    const form = { email: 'anka@example.org', password: 'a long enough one' };
    await elsewhere
      .post('/sign-in')
      .type('form')
      .send({ ...form, password: 'another long one' })
      .expect(401);
    await elsewhere.post('/sign-in').type('form').send(form).expect(303);
    await elsewhere.get(place).expect(200);
    await browser.get(place).expect(404);
    await aBrowser(the)
      .post('/account')
      .type('form')
      .send({ ...form, name: 'Not Anka' })
      .expect(409);
  });
});

describe('a batch', () => {
  test('is kept item by item, each with its upload, its image and its words', async () => {
    const browser = aBrowser(the);
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

  test('is kept without what a photo tells beside its picture: where it was taken, and by whom', async () => {
    const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#a04' } })
      .jpeg()
      .withExif({ IFD0: { Artist: 'Wanda Sorel' }, IFD3: { GPSLatitude: '48/1 12/1 0/1' } })
      .toBuffer();
    const browser = aBrowser(the);
    const send = (bytes: Buffer) =>
      browser
        .post('/creations')
        .field({ ...look, prompt: 'a portrait' })
        .attach('picture-1', bytes, { filename: 'wanda.jpg', contentType: 'image/jpeg' });
    const place = String((await send(photo).expect(303)).headers.location);
    const { body } = await browser.get(`${place}/upload/0`).expect(200).expect('content-type', 'image/jpeg');
    expect((await sharp(body).metadata()).exif).toBeUndefined();
    expect(body.toString('latin1')).not.toMatch(/Wanda|Exif/);
    await send(photo.subarray(0, 300)).expect(415);
  });

  test('loses one item with its files where the person deletes that one, and is gone with the last', async () => {
    const browser = aBrowser(the);
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
    const { files, visitors } = await the.everything();
    const form = { ...look, prompt: 'a hat', ...wrong };
    const answer = await aBrowser(the).post('/creations').type('form').send(form).expect(422);
    expect(answer.text).toContain(words);
    expect(await the.everything()).toMatchObject({ files, visitors });
    expect(await the.placesOf('4111 1111')).toEqual([]);
  });

  test('is not made while the person’s processing is restricted', async () => {
    const browser = aBrowser(the);
    const place = await made(browser, 'a stone');
    const subject = await ownerOf(the, place);
    const by = (
      await the.kept.staff.add({ email: 'r@kept.test', name: 'R', role: 'lead', password: 'a long password' })
    )._id;
    await the.kept.holds.place({ kind: 'restriction', subject, ground: 'Art 18', by });
    const answer = await browser
      .post('/creations')
      .type('form')
      .send({ ...look, prompt: 'a second pebble' })
      .expect(403);
    expect(answer.text).toContain('restricted');
    expect(await the.placesOf('a second pebble')).toEqual([]);
  });
});

describe('whoever is outside', () => {
  test('seedream4.never.transfer: gets nothing of anybody through the gate, whoever they are and whatever for, and each attempt is on record', async () => {
    const wren = the.people.wren?.id ?? '';
    const attempts = [
      ['a-model-provider', 'service.generation'],
      ['a-payment-processor', 'service.payment'],
      ['a-court', 'legal.rights'],
      ['a-buyer', 'sale'],
      ['an-advertiser', 'marketing.third-party'],
    ] as const;
    for (const [recipient, purpose] of attempts) {
      const gate = the.kept.egress(recipient, { subject: wren, purpose, generation: 'c-1', reference: 'order 12/26' });
      await expect(gate.pass({ prompt: 'a red barn', email: 'wren@example.com' })).rejects.toMatchObject({
        code: 'EGRESS_REFUSED',
        because: expect.arrayContaining([expect.objectContaining({ clause: 'seedream4.never.transfer' })]),
      });
    }
    const log = await the.kept.disclosures.of(wren);
    expect(log.map(({ outcome, recipient }) => [outcome, recipient]).sort()).toEqual(
      attempts.map(([recipient]) => ['refused', recipient]).sort(),
    );
  });
});
