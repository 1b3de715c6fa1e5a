import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { accessibilityFaults, openBrowser, screenshot, sidewaysScroll } from '../support/browser.ts';
import { signIn, visit } from './visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 120_000);
afterAll(() => browser?.close());

const pages = {
  queue: '/',
  'queue-empty': '/?search=zzz',
  ticket: '/tickets/t-proposed',
  'ticket-hostile': '/tickets/t-hostile',
  approval: '/requests/r-proposed',
  preview: '/requests/r-previewed',
  identity: '/requests/r-received',
  answer: '/requests/r-access',
  fulfilled: '/requests/r-done',
  refused: '/requests/r-refused',
  correction: '/requests/correct',
  objection: '/requests/object',
  complaint: '/requests/complain',
  restriction: '/requests/restrict',
  package: '/requests/package',
  decided: '/requests/decided',
  stoppable: '/requests/stoppable',
  mandate: '/requests/agent',
  pictured: '/requests/pictured',
  left: '/requests/left',
  making: '/requests/making',
  tried: '/requests/tried',
  'ticket-tried': '/tickets/t-tried',
  rehearsals: '/rehearsals',
  delivery: '/requests/package/delivery',
  receipt: '/requests/r-done/receipt',
  mails: '/mails',
  findings: '/findings',
  retention: '/retention',
  staff: '/staff',
  help: '/help',
  error: '/no-such-page',
};

describe.each(['light', 'dark'] as const)('accessibility, %s', (colorScheme) => {
  test('no page breaks a rule of WCAG 2.2 AA that axe knows', async () => {
    await using there = await visit(browser, { colorScheme, reducedMotion: 'reduce' });
    const { page, url } = there;
    const faults: Record<string, string[]> = {};
    await page.goto(`${url}/sign-in`);
    faults['sign-in'] = await accessibilityFaults(page);
    await screenshot(page, `sign-in-${colorScheme}`);
    await signIn(there, 'ada@example.test');
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(`${url}${path}`);
      await page.evaluate(() => {
        for (const part of document.querySelectorAll('details')) part.open = true;
      });
      faults[name] = await accessibilityFaults(page);
      await screenshot(page, `${name}-${colorScheme}`);
    }
    await page.keyboard.press('?');
    faults.dialog = await accessibilityFaults(page);

    expect(Object.entries(faults).filter(([, found]) => found.length > 0)).toEqual([]);
    expect(Object.keys(faults)).toHaveLength(Object.keys(pages).length + 2);
  }, 90_000);

  test('the check itself finds what is wrong', async () => {
    await using there = await visit(browser, { colorScheme });
    await there.page.goto(`${there.url}/sign-in`);
    await there.page.evaluate(() => {
      for (const label of document.querySelectorAll('label')) label.remove();
    });
    expect((await accessibilityFaults(there.page)).join()).toContain('label');
  });
});

describe('a narrow window', () => {
  test('at 320 pixels no page scrolls sideways, and every target has 24 pixels', async () => {
    await using there = await visit(browser, { viewport: { width: 320, height: 640 } });
    const { page, url } = there;
    const faults: string[] = [];
    await signIn(there, 'ada@example.test');
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(`${url}${path}`);
      const wide = await sidewaysScroll(page);
      if (wide > 0) faults.push(`${name} is ${wide} px too wide`);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('button, a.button, summary, input:not([type=hidden]), nav a, .tabs a')]
          .map((target) => ({ name: target.textContent?.trim(), box: target.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0 && (box.height < 24 || box.width < 24))
          .map(({ name, box }) => `${name} ${box.width}×${box.height}`),
      );
      faults.push(...small.map((target) => `${name}: ${target}`));
      await screenshot(page, `${name}-narrow`);
    }
    expect(faults).toEqual([]);
  }, 60_000);
});
