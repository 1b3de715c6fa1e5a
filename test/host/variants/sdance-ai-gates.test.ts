import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import request from 'supertest';
import { bytesOf, type Media } from '../../../examples/video-host/src/media/media.ts';
import { variant } from '../../../examples/video-host/variants/sdance-ai/index.ts';
import { openVariant, type VariantScene } from './openVariant.ts';

let the: VariantScene;
beforeAll(async () => {
  the = await openVariant(variant);
});
afterAll(() => the.close());

type Browser = ReturnType<typeof request.agent>;

/** Somebody who has just come, with the answer to it. */
async function signedUp(name: string, more: object = {}): Promise<{ browser: Browser; answer: request.Response }> {
  const browser = request.agent(the.app);
  const email = `${name.toLowerCase()}@example.org`;
  const form = { provider: 'google', name, email, country: 'SE', birthYear: '1990', ...more };
  return { browser, answer: await browser.post('/sign-up/provider').type('form').send(form) };
}

const personOf = async (email: string) => the.connection.collection('users').findOne({ email });

describe('who may come in', () => {
  test('is decided by the law of where they live, and of whoever may not, nothing is kept (part of sdance-ai.children.under-13)', async () => {
    const born = { birthYear: '2011' };
    expect((await signedUp('Kim', { ...born, country: 'DE' })).answer.status).toBe(403);
    expect(await the.placesOf('kim@example.org')).toEqual([]);
    expect((await signedUp('Kim', { ...born, country: 'SE' })).answer.status).toBe(303);
  });
});

describe('what people give', () => {
  const photo = sharp({ create: { width: 8, height: 8, channels: 3, background: '#a04' } })
    .jpeg()
    .withExif({ IFD0: { Artist: 'Wilma Sandberg' }, IFD3: { GPSLatitude: '52/1 31/1 0/1' } })
    .toBuffer();

  test('is stored as a picture and nothing else: not where it was taken, nor by whom', async () => {
    const { browser } = await signedUp('Wilma');
    await browser
      .post('/account/avatar')
      .attach('picture', await photo, 'wilma.jpg')
      .expect(303);
    await browser
      .post('/generations')
      .field('prompt', 'A kite')
      .attach('picture', await photo, 'wilma.jpg')
      .expect(303);

    const wilma = await personOf('wilma@example.org');
    const video = await the.connection.collection('generations').findOne({ userId: wilma?._id });
    for (const key of [wilma?.avatar, video?.references[0].file]) {
      const stored = await bytesOf(the.media as Media, key);
      expect((await sharp(stored).metadata()).exif).toBeUndefined();
      expect(stored.toString('latin1')).not.toMatch(/Wilma|Exif/);
    }
  });

  test('is refused where it breaks off', async () => {
    const { browser } = await signedUp('Xenia');
    const broken = (await photo).subarray(0, 300);
    await browser.post('/account/avatar').attach('picture', broken, 'x.jpg').expect(415);
  });
});

describe('what others see', () => {
  test('is what its owner shows, as long as its use is not restricted; its owner sees it all the while', async () => {
    const { browser } = await signedUp('Yara');
    const made = await browser.post('/generations').field('prompt', 'A quiet harbour').expect(303);
    const page = String(made.headers.location);
    const id = page.replace('/videos/', '');
    const anybody = async (): Promise<unknown> => [
      (await request(the.app).get('/')).text.includes('A quiet harbour'),
      (await request(the.app).get(page)).status,
      (await request(the.app).get(`/media/${id}/video`)).status,
    ];
    expect(await anybody()).toEqual([false, 404, 404]);
    await browser.post(`${page}/visibility`).type('form').send({ visibility: 'public' }).expect(303);
    expect(await anybody()).toEqual([true, 200, 200]);

    const yara = await personOf('yara@example.org');
    await the.kept.restrictions.restrict(String(yara?._id), 'accuracy-contested', 'support');
    expect(await anybody()).toEqual([false, 404, 404]);
    await browser.get(page).expect(200);
    await browser.get(`/media/${id}/video`).expect(200);
  });
});

describe('cookies', () => {
  const names = (answer: request.Response): string[] =>
    ((answer.headers['set-cookie'] ?? []) as unknown as string[]).map((line) => line.split('=')[0] ?? '');

  test('the session’s is set whatever a browser signals, and what nobody registered goes (part of sdance-ai.cookie.necessary)', async () => {
    const { answer } = await signedUp('Zoe');
    expect(names(answer)).toEqual(['sid']);
    const form = { provider: 'google', email: 'zoe@example.org' };
    const post = request(the.app).post('/sign-up/provider').type('form').set('Sec-GPC', '1');
    const again = await post.set('Cookie', '_ga=by-a-script').send(form);
    expect(names(again).filter((name) => name === 'sid')).toHaveLength(1);
    expect(again.headers['set-cookie']).toContainEqual(expect.stringMatching(/^_ga=;.*Max-Age=0/));
  });

  test('and the site says that it heeds the signal (part of sdance-ai.cookie.control)', async () => {
    const { body } = await request(the.app).get('/.well-known/gpc.json').expect(200);
    expect(body).toMatchObject({ gpc: true });
    await request(the.app).get('/privacy/cookies').set('Accept', 'text/html').expect(200);
  });
});
