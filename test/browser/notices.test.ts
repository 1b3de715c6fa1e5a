import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { loadNotice } from '../../packages/core/src/adapters/notice/loadNotice.ts';
import { renderNotice } from '../../packages/core/src/adapters/notice/renderNotice.ts';
import { packs } from '../policies/packs.ts';
import { accessibilityFaults, openBrowser, screenshot, sidewaysScroll } from '../support/browser.ts';

const PHONE = { width: 320, height: 640 };
const DESK = { width: 1200, height: 900 };
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 120_000);
afterAll(() => browser?.close());

test.each(packs)(
  'the notice of %s is read on a phone and on a desk without scrolling sideways',
  async (pack) => {
    const page = await browser.newPage({ viewport: PHONE, colorScheme: 'light' });
    await page.setContent(await renderNotice(await loadNotice(pack, 'de'), 'html'));
    const faults = await accessibilityFaults(page);
    const wider = [await sidewaysScroll(page)];
    await screenshot(page, `notice-${pack}-phone`);
    await page.setViewportSize(DESK);
    wider.push(await sidewaysScroll(page));
    await page.close();

    expect(faults).toEqual([]);
    expect(wider).toEqual([0, 0]);
  },
  60_000,
);

test('a notice is as legible by night, on a desk', async () => {
  const page = await browser.newPage({ viewport: DESK, colorScheme: 'dark' });
  await page.setContent(await renderNotice(await loadNotice('seedream4'), 'html'));
  const faults = await accessibilityFaults(page);
  await screenshot(page, 'notice-seedream4-night');
  await page.close();

  expect(faults).toEqual([]);
}, 60_000);
