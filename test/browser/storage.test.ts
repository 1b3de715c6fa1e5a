import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadPack } from '@kept/core';
import express from 'express';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { accessibilityFaults, openBrowser, type Served, screenshot, serve } from '../support/browser.ts';
import { type Scene, scene } from '../support/scene.ts';

let studio: Scene;
let video: Scene;
let sites: Served[];
let browser: Browser;
let context: BrowserContext;

/** A site of one page, which loads the script that governs storage before its own. */
async function site(the: Scene, storage: Record<string, string>, kinds: Record<string, string>): Promise<Served> {
  const subjectOf = (): undefined => undefined;
  const app = express();
  app.use(the.kept.cookies({ kinds, subjectOf }));
  app.use('/privacy', the.kept.router({ subjectOf, storage }));
  app.get('/bare', (_req, res) => void res.send('<p>A page without the script</p>'));
  app.get('/', (_req, res) => void res.send('<script src="/privacy/storage.js"></script><p>A page</p>'));
  return serve(app);
}

beforeAll(async () => {
  studio = await scene({ policy: await loadPack('stripe-paypal-studio') });
  video = await scene();
  sites = [
    await site(studio, { theme: 'preferences', 'draft*': 'essential' }, {}),
    await site(video, { sid: 'necessary', 'ga.*': 'analytics' }, { sid: 'necessary' }),
  ];
  browser = await openBrowser();
  context = await browser.newContext();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  for (const each of sites ?? []) await each.close();
  await studio?.close();
  await video?.close();
});

const stored = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...Object.keys(window.localStorage), ...Object.keys(window.sessionStorage)].sort());

test('stripe-paypal-studio.cookie.preferences: what pages keep in local and session storage is listed by kind, and governed as cookies are', async () => {
  const page = await context.newPage();
  await page.goto(`${sites[0]?.url}/bare`);
  await page.evaluate(() => {
    localStorage.setItem('tracker', 'left by an earlier page');
    localStorage.setItem('theme', 'light');
  });
  await page.goto(`${sites[0]?.url}/`);
  expect(await stored(page)).toEqual(['theme']);

  await page.evaluate(() => {
    localStorage.setItem('theme', 'dark');
    localStorage.setItem('tracker', '1');
    localStorage.spy = '1';
    Storage.prototype.setItem.call(localStorage, 'sneaked', '1');
    sessionStorage.setItem('draft.7', 'a prompt');
    sessionStorage['draft.8'] = 'another';
    Object.assign(sessionStorage, { visits: '3' });
  });
  expect(await stored(page)).toEqual(['draft.7', 'draft.8', 'theme']);
  expect(await page.evaluate(() => [localStorage.getItem('theme'), localStorage.length])).toEqual(['dark', 1]);
  const listed = await page.evaluate(() =>
    (window as never as { keptStorage: { list(): object[] } }).keptStorage.list(),
  );
  expect(listed).toEqual([
    { store: 'local', key: 'theme', kind: 'preferences' },
    { store: 'session', key: 'draft.7', kind: 'essential' },
    { store: 'session', key: 'draft.8', kind: 'essential' },
  ]);
  await page.close();
}, 60_000);

test('without a script of ours, one press allows and one press refuses; what is refused is gone from the next page on', async () => {
  const page = await context.newPage();
  const url = sites[1]?.url;
  const write = (): Promise<void> => page.evaluate(() => localStorage.setItem('ga.1', '1'));
  await page.goto(`${url}/`);
  await write();
  expect(await stored(page)).toEqual([]);

  const presses = { Allow: 0, Refuse: 0 };
  for (const word of ['Allow', 'Refuse'] as const) {
    await page.goto(`${url}/privacy/cookies`);
    await page.getByRole('button', { name: `${word}: Analytics cookies` }).click();
    presses[word] += 1;
    if (word === 'Allow') {
      expect(await accessibilityFaults(page)).toEqual([]);
      await screenshot(page, 'cookies');
      await page.goto(`${url}/`);
      await write();
      expect(await stored(page)).toEqual(['ga.1']);
    }
  }
  await page.goto(`${url}/`);
  expect(await stored(page)).toEqual([]);
  expect(presses).toEqual({ Allow: 1, Refuse: 1 });
  await page.close();
}, 60_000);

test('the script is nobody else’s to read', async () => {
  const answer = await fetch(`${sites[1]?.url}/privacy/storage.js`);
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  expect(answer.headers.get('cache-control')).toBe('no-store');
});
