import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadPack } from '@kept/core';
import sharp from 'sharp';
import request from 'supertest';
import { bytesOf, type Media } from '../../../examples/video-host/src/media/media.ts';
import { renderClip } from '../../../examples/video-host/src/media/renderClip.ts';
import { variant } from '../../../examples/video-host/variants/stripe-paypal-studio/index.ts';
import { idOf } from '../../../examples/video-host/variants/stripe-paypal-studio/seed.ts';
import { stripMedia } from '../../../packages/core/src/adapters/media/stripMedia.ts';
import { type Browser, made, openStudio, post, type StudioScene } from './openStudio.ts';
import { openVariant } from './openVariant.ts';

let the: StudioScene;
let mara: Browser;
beforeAll(async () => {
  the = await openStudio();
  mara = await the.signedIn('mara');
});
afterAll(() => the.close());

const subject = String(idOf('mara'));
const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#a04' } })
  .jpeg()
  .withExif({ IFD0: { Artist: 'Mara' }, IFD3: { GPSLatitude: '52/1 31/1 0/1' } })
  .toBuffer();

describe('what the provider of the models gets', () => {
  test('is the wish and nothing of the person: the image shows it, the log says it, and the upload is kept as it left', async () => {
    await mara
      .post('/generations')
      .field('prompt', 'A kite, bill it to mara@example.org')
      .field('style', 'drawn')
      .attach('picture', photo, { filename: 'mara.jpg' })
      .expect(303);
    const newest = { userId: idOf('mara'), createdAt: the.clock.now() };
    const [image, upload] = [await the.models.generations.findOne(newest), await the.models.uploads.findOne(newest)];

    const clean = Buffer.from(stripMedia(photo).bytes);
    const media = the.media as Media;
    const seen = renderClip('drawn: A kite, bill it to [removed]', clean).video;
    expect(await bytesOf(media, image?.outputs[0]?.file ?? '')).toEqual(seen);
    expect(await bytesOf(media, upload?.file ?? '')).toEqual(clean);
    expect(upload?.size).toBe(clean.length);
    expect(await the.kept.disclosures.of(subject)).toEqual([
      expect.objectContaining({
        recipient: 'ai-provider',
        generation: image?.id,
        categories: ['generation.prompt', 'generation.reference', 'generation.settings'],
        fields: ['image', 'options.format', 'options.style', 'prompt'],
        withheld: {
          unlisted: 0,
          personal: expect.arrayContaining(['users.email']),
          media: expect.arrayContaining(['EXIF', 'GPS']),
        },
      }),
    ]);
  });
});

describe('what is written', () => {
  test('a card number is refused wherever somebody writes one, and stands nowhere then (part of stripe-paypal-studio.never.card-number)', async () => {
    const card = '4111 1111 1111 1111';
    await post(mara, '/account/name', { name: `Mara ${card}` }).expect(422);
    await expect(the.models.users.updateOne({ _id: idOf('mara') }, { name: card })).rejects.toMatchObject({
      code: 'WRITE_REFUSED',
    });
    expect(await the.placesOf(card, card.replaceAll(' ', ''))).toEqual([]);
  });
});

describe('a person whose processing is restricted', () => {
  test('is not shown to others, shares nothing anew, and shared links are shut until it ends', async () => {
    const aiko = await the.signedIn('aiko');
    const id = await made(aiko, 'A koi of glass');
    await post(aiko, `/videos/${id}/visibility`, { visibility: 'public' }).expect(303);
    await the.stranger().get(`/media/${id}/image`).expect(200);

    const hold = { kind: 'restriction', subject: String(idOf('aiko')), ground: 'accuracy', by: 'ada' } as const;
    const placed = await the.kept.holds.place(hold);
    await the.stranger().get(`/media/${id}/image`).expect(404);
    expect((await the.stranger().get('/')).text).not.toContain(id);
    await post(aiko, `/videos/${id}/links`).expect(403);
    await the.kept.holds.lift(placed, 'ada');
    await the.stranger().get(`/media/${id}/image`).expect(200);
  });
});

describe('cookies', () => {
  test('the one that keeps a person signed in passes whatever a browser refuses (part of stripe-paypal-studio.cookie.essential)', async () => {
    const browser = the.stranger().set('sec-gpc', '1');
    const { email, password } = the.people.jonas ?? {};
    const answer = await post(browser, '/sign-in', { email, password }).expect(303);
    expect(String(answer.headers['set-cookie'])).toMatch(/^sid=/);
  });

  test('a name of no kind is ended where a browser has it, beside a theme that stays', async () => {
    const answer = await the.stranger().get('/').set('cookie', 'theme=dark; _ga=1').expect(200);
    expect(String(answer.headers['set-cookie'])).toMatch(/^_ga=;.*Max-Age=0/);
    expect(String(answer.headers['set-cookie'])).not.toContain('theme');
    expect(answer.text).toContain('data-theme="dark"');
  });
});

describe('the door', () => {
  test('is shut as soon as a notice names an age, since none is asked here', async () => {
    const policy = await loadPack('stripe-paypal-studio');
    const { children } = await loadPack('seedance25');
    if (!children) throw new Error('the other pack names no age any more');
    const strict = await openVariant(variant, { policy: { ...policy, children, hash: 'c'.repeat(64) } });
    const lea = { name: 'lea', email: 'lea@example.org', password: 'a baker shaping the moon' };
    await request(strict.app).post('/sign-up').type('form').send(lea).expect(403);
    expect(await strict.placesOf('lea@example.org')).toEqual([]);
    await strict.close();
    await post(the.stranger(), '/sign-up', lea).expect(303);
  });
});

test('the provider gets nothing once the agreement with it has ended (part of stripe-paypal-studio.recipient.ai-and-hosting)', async () => {
  the.clock.set(new Date('2031-01-02T08:00:00Z'));
  const refused = the.kept.egress('ai-provider', { subject, generation: 'g-1' }).pass({ prompt: 'A kite' });
  await expect(refused).rejects.toMatchObject({ code: 'EGRESS_REFUSED' });
});
