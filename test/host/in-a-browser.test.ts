import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { renderClip } from '../../examples/video-host/src/media/renderClip.ts';
import { type Story, seedStory } from '../../examples/video-host/src/seed.ts';
import { accessibilityFaults, openBrowser, type Served, serve, sidewaysScroll } from '../support/browser.ts';
import { type HostScene, openScene } from './scene.ts';

let scene: HostScene;
let story: Story;
let served: Served;
let browser: Browser;
beforeAll(async () => {
  scene = await openScene('browser');
  story = await seedStory({ connection: scene.connection, media: scene.media, now: scene.now });
  served = await serve(scene.app);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await served.close();
  await scene.close();
});

test.each([
  ['light', 1200],
  ['dark', 1200],
  ['light', 320],
] as const)('every page can be read and used by everybody, %s and %i pixels wide', async (colorScheme, width) => {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));

  await page.goto(`${served.url}/sign-in`);
  await page.fill('[name=email]', 'mara@example.org');
  await page.fill('[name=password]', story.people.mara?.password ?? '');
  await page.click('main button');
  await page.waitForURL('**/videos');
  const { id } = story.videos['mara.keeper'] ?? {};
  const pages = [
    '/',
    '/videos',
    `/videos/${id}`,
    '/create',
    `/create?reuse=${id}`,
    '/account',
    '/support?sent=yes',
    '/sign-in',
    '/sign-up',
  ];
  for (const path of pages) {
    await page.goto(served.url + path);
    expect([path, await accessibilityFaults(page), await sidewaysScroll(page)]).toEqual([path, [], 0]);
  }
  expect(complaints).toEqual([]);
  await context.close();
});

test('somebody saves a video by keyboard and sees it said', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${served.url}/sign-in`);
  await page.fill('[name=email]', 'jonas@example.org');
  await page.fill('[name=password]', story.people.jonas?.password ?? '');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/videos');
  await page.goto(`${served.url}/videos/${story.videos['jonas.train']?.id}`);
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByText('Saved: it stays').waitFor();
  expect(
    await scene.models.generations.exists({ _id: String(story.videos['jonas.train']?.id), savedAt: scene.now }),
  ).not.toBeNull();
  await context.close();
});

test('what the simulated model makes is a film of twelve frames, and its thumbnail a picture', async () => {
  const { video, thumbnail } = renderClip('A lighthouse in a storm');
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(served.url);
  const decoded = await page.evaluate(
    (films) =>
      Promise.all(
        films.map(async (film) => {
          const bytes = Uint8Array.from(atob(film), (letter) => letter.charCodeAt(0));
          const Decoder = (globalThis as unknown as { ImageDecoder: DecoderClass }).ImageDecoder;
          const decoder = new Decoder({ data: bytes, type: 'image/gif' });
          await Promise.all([decoder.completed, decoder.tracks.ready]);
          const frames = decoder.tracks.selectedTrack.frameCount;
          const { image } = await decoder.decode({ frameIndex: frames - 1 });
          return [frames, image.displayWidth, image.displayHeight];
        }),
      ),
    [video.toString('base64'), thumbnail.toString('base64')],
  );
  expect(decoded).toEqual([
    [12, 96, 54],
    [1, 96, 54],
  ]);
  await context.close();
});

/** WebCodecs, of which only this is used here; it needs a secure page, or one on loopback. */
type DecoderClass = new (init: {
  data: Uint8Array;
  type: string;
}) => {
  completed: Promise<void>;
  tracks: { ready: Promise<void>; selectedTrack: { frameCount: number } };
  decode(options: { frameIndex: number }): Promise<{ image: { displayWidth: number; displayHeight: number } }>;
};
