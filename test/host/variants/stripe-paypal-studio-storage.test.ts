import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { accessibilityFaults, openBrowser, type Served, serve } from '../../support/browser.ts';
import { openStudio, type StudioScene } from './openStudio.ts';

let the: StudioScene;
let served: Served;
let browser: Browser;
beforeAll(async () => {
  the = await openStudio();
  served = await serve(the.app);
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await served?.close();
  await the?.close();
});

test('a page remembers the style that was chosen last in local storage, and no page keeps anything of no kind there (part of stripe-paypal-studio.cookie.preferences)', async () => {
  const page = await (await browser.newContext()).newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  const { email = '', password = '' } = the.people.mara ?? {};
  await page.goto(`${served.url}/sign-in`);
  await page.fill('[name=email]', email);
  await page.fill('[name=password]', password);
  await page.click('main button');
  await page.waitForURL('**/videos');

  await page.goto(`${served.url}/create`);
  await page.selectOption('[name=style]', 'painted');
  await page.evaluate(() => localStorage.setItem('tracker', '1'));
  await page.goto(`${served.url}/create`);
  expect(await page.inputValue('[name=style]')).toBe('painted');
  expect(await page.evaluate(() => Object.entries(localStorage))).toEqual([['style', 'painted']]);
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(complaints).toEqual([]);
}, 60_000);
