import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { signIn, visit } from './visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 120_000);
afterAll(() => browser?.close());

/** Words of buttons and of links that look like them that stand on more than one line. */
function brokenWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const broken: string[] = [];
    for (const control of document.querySelectorAll('button, .button, .nav a, .tabs a, .quiet-button')) {
      const walker = document.createTreeWalker(control, NodeFilter.SHOW_TEXT);
      for (let text = walker.nextNode(); text; text = walker.nextNode()) {
        for (const { 0: word, index } of (text.textContent ?? '').matchAll(/[^\s-]+/g)) {
          const range = document.createRange();
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          if (range.getClientRects().length > 1) broken.push(word);
        }
      }
    }
    return broken;
  });
}

const pages = ['/', '/?whose=mine', '/tickets/t-inquiry', '/requests/r-proposed', '/requests/r-received', '/retention'];

describe('how pages lie in their window', () => {
  test.each([1280, 1024, 768, 320])('at %i pixels no button breaks inside a word', async (width) => {
    await using there = await visit(browser, { viewport: { width, height: 800 } });
    const { page, url } = there;
    await signIn(there, 'ada@example.test');
    for (const path of pages) {
      await page.goto(`${url}${path}`);
      expect([path, await brokenWords(page)]).toEqual([path, []]);
    }
    await page.evaluate(() => {
      for (const button of document.querySelectorAll<HTMLElement>('main button')) {
        button.style.cssText = 'inline-size: 2ch; min-inline-size: 0; overflow-wrap: anywhere; padding: 0';
      }
    });
    expect((await brokenWords(page)).length).toBeGreaterThan(0);
  });

  test.each([
    [320, 'one below the other'],
    [1280, 'side by side'],
  ])('at %i pixels, %s, what is to be done comes first, then progress and clock, then the evidence', async (width) => {
    await using there = await visit(browser, { viewport: { width, height: 800 } });
    const { page, url } = there;
    await signIn(there, 'ada@example.test');
    await page.goto(`${url}/requests/r-proposed`);
    const top = (what: string) => page.locator(what).evaluate((part) => part.getBoundingClientRect().top);
    expect(await top('.move')).toBeLessThan(await top('.clock'));
    expect(await top('#steps')).toBeLessThan(await top('.clock'));
    if (width === 320) expect(await top('.clock')).toBeLessThan(await top('#evidence'));
    const left = (what: string) => page.locator(what).evaluate((part) => part.getBoundingClientRect().left);
    if (width === 1280) expect(await left('#evidence')).toBe(await left('.move'));
    const read = await page.locator('main section h2').allTextContents();
    expect(read.indexOf('Clock')).toBeLessThan(read.indexOf('Evidence of this case'));
  });

  test('a plan shows action, records and files in a narrow window without scrolling', async () => {
    await using there = await visit(browser, { viewport: { width: 320, height: 800 } });
    const { page, url } = there;
    await signIn(there, 'ada@example.test');
    await page.goto(`${url}/requests/r-proposed`);
    const right = await page
      .locator('.plan [role=cell]')
      .evaluateAll((cells) => Math.max(...cells.map((cell) => cell.getBoundingClientRect().right)));
    expect(right).toBeLessThanOrEqual(320);
    expect(await page.getByRole('cell', { name: 'Records 1,204' }).isVisible()).toBe(true);
  });
});

describe('after a form was sent', () => {
  test('the focus is on what was said, and the next stop is the page itself', async () => {
    await using there = await visit(browser);
    const { page, url } = there;
    await signIn(there, 'ada@example.test');
    await page.goto(`${url}/tickets/t-received`);
    await page.getByRole('button', { name: 'Assign to me' }).press('Enter');
    await page.getByRole('button', { name: 'Release' }).waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
    expect(await focused()).toBe('The ticket is yours.');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Queue');
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  });
});
