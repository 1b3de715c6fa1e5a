import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import sharp from 'sharp';
import request from 'supertest';
import { bytesOf, type Media } from '../../../examples/video-host/src/media/media.ts';
import { renderClip } from '../../../examples/video-host/src/media/renderClip.ts';
import { variant } from '../../../examples/video-host/variants/seedance25/index.ts';
import { type Models, modelsOn } from '../../../examples/video-host/variants/seedance25/models.ts';
import { orderOf } from '../../../examples/video-host/variants/seedance25/orders.ts';
import { openVariant, type VariantScene } from './openVariant.ts';

const CARD = '4111 1111 1111 1111';
const LOOK_ALIKE = '4111 1111 1111 1112';

let the: VariantScene;
let models: Models;
let photo: Buffer;
beforeAll(async () => {
  the = await openVariant(variant);
  models = modelsOn(the.connection);
  photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#a04' } })
    .jpeg()
    .withExif({ IFD0: { Artist: 'Lina Aubert' }, IFD3: { GPSLatitude: '48/1 51/1 0/1' } })
    .toBuffer();
});
afterAll(() => the.close());

async function lina(): Promise<ReturnType<typeof request.agent>> {
  const browser = request.agent(the.app);
  const { email, password } = the.protagonist;
  await browser.post('/sign-in').type('form').send({ email, password }).expect(303);
  return browser;
}

const send = (browser: ReturnType<typeof request.agent>, prompt: string) =>
  browser.post('/creations').field({ prompt, kind: 'video' }).attach('reference', photo, { filename: 'lina.jpg' });
const newest = () => models.generations.findOne({ userId: the.protagonist.id }).sort({ createdAt: -1 }).lean();

describe('what goes to the provider of the model', () => {
  test('seedance25.recipient.ai-provider-input: is the prompt and the upload of a wish, and on record is to whom, what, when and for which', async () => {
    const browser = await lina();
    the.clock.forward({ minutes: 1 });
    await send(browser, 'A harbour at night').expect(303);
    const made = await newest();
    expect((await the.kept.disclosures.of(the.protagonist.id))[0]).toMatchObject({
      outcome: 'made',
      recipient: 'ai-provider',
      purpose: 'service.generation',
      generation: String(made?._id),
      at: the.clock.now(),
      categories: ['generation.prompt', 'generation.reference', 'generation.settings'],
      fields: ['kind', 'model', 'prompt', 'references[].data', 'references[].kind'],
      withheld: { unlisted: 0, personal: [], media: [] },
    });
  });

  test('seedance25.never.profile-to-ai-provider: a name, an address, the account and an order in a prompt stay here, the film shows it, and the log says so', async () => {
    const browser = await lina();
    const { id, email } = the.protagonist;
    const order = await models.orders.findOne({ userId: id }).lean();
    for (const [what, where] of [
      ['Lina Aubert', 'users.name'],
      [email, 'users.email'],
      [id, 'subject'],
      [order?.processorRef, 'orders.processorRef'],
    ] as const) {
      the.clock.forward({ minutes: 1 });
      await send(browser, `A harbour for ${what}`).expect(303);
      const made = await newest();
      const stored = await bytesOf(the.media as Media, made?.references[0]?.file ?? '');
      const seen = renderClip('A harbour for [removed]', stored).video;
      expect(await bytesOf(the.media as Media, made?.outputs[0]?.file ?? '')).toEqual(seen);
      const [record] = await the.kept.disclosures.of(id);
      expect(record?.withheld.personal).toEqual([where]);
    }
  });

  test('an upload is stored without what it tells beside its picture', async () => {
    const browser = await lina();
    await send(browser, 'A harbour at noon').expect(303);
    await browser.post('/account/avatar').attach('picture', photo, { filename: 'me.jpg' }).expect(303);
    const file = (await newest())?.references[0]?.file ?? '';
    for (const key of [file, `avatars/${the.protagonist.id}.jpg`]) {
      const bytes = await bytesOf(the.media as Media, key);
      expect((await sharp(bytes).metadata()).exif).toBeUndefined();
      expect(await sharp(bytes).raw().toBuffer()).toEqual(await sharp(photo).raw().toBuffer());
    }
  });
});

describe('a card number', () => {
  test('seedance25.never.card-number: is refused wherever somebody types one, and by every model; a look-alike is not', async () => {
    const browser = await lina();
    const made = await models.generations.countDocuments({});
    await send(browser, `Pay with ${CARD}`).expect(422);
    await browser.post('/account/profile').type('form').send({ name: CARD }).expect(422);
    expect(await the.placesOf(CARD)).toEqual([]);
    expect(await models.generations.countDocuments({})).toBe(made);
    await browser.post('/account/profile').type('form').send({ name: LOOK_ALIKE }).expect(303);

    const offer = { item: `50 credits, ${CARD}`, credits: 50, amount: 900 };
    const order = orderOf(new Types.ObjectId(), offer, new Types.ObjectId(the.protagonist.id), the.clock.now());
    await expect(models.orders.create(order)).rejects.toMatchObject({ code: 'WRITE_REFUSED' });
    for (const model of Object.values(models)) {
      const write = model.updateOne({}, { $set: { remark: CARD } }, { strict: false });
      await expect(write).rejects.toMatchObject({ code: 'WRITE_REFUSED' });
    }
  });
});

test('nothing leaves and nothing is made once the agreement with the provider has ended (part of seedance25.recipient.ai-provider-terms)', async () => {
  const before = await models.generations.countDocuments({});
  the.clock.set(new Date('2031-01-02T09:00:00Z'));
  const browser = await lina();
  await send(browser, 'A harbour in winter').expect(403);
  expect(await models.generations.countDocuments({})).toBe(before);
  expect((await the.kept.disclosures.of(the.protagonist.id))[0]).toMatchObject({ outcome: 'refused' });
});
