import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { HOSTILE } from '../console/scene.ts';
import { openBrowser, screenshot } from '../support/browser.ts';
import { signIn, visit } from './visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 120_000);
afterAll(() => browser?.close());

const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.id ?? '');

describe('the console in a real browser', () => {
  test('a privacy lead walks from the queue to an approval with the keyboard alone', async () => {
    await using there = await visit(browser);
    const { page, url, calls, complaints } = there;
    await signIn(there, 'cleo@example.test');

    for (let press = 0; press < 5; press++) await page.keyboard.press('j');
    expect(await focused(page)).toBe('row-t-proposed');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    expect(await focused(page)).toBe('row-t-proposed');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${url}/tickets/t-proposed`);

    await page.getByRole('link', { name: /^Erasure/ }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`${url}/requests/r-proposed`);

    const approve = page.getByRole('button', { name: 'Approve the erasure' });
    await approve.focus();
    await page.keyboard.press('Enter');
    expect(calls).toEqual([]);
    await page.getByRole('checkbox', { name: /I have looked at the preview/ }).focus();
    await page.keyboard.press('Space');
    await approve.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Approved.' }).waitFor();

    expect(calls).toEqual([['requests.approve', 'r-proposed', 'staff-cleo', 'a'.repeat(64)]]);
    expect(complaints).toEqual([]);
    await screenshot(page, 'approved');
  });

  test('the first stop of the keyboard skips to the content, and focus is seen', async () => {
    await using there = await visit(browser);
    const { page } = there;
    await signIn(there, 'ben@example.test');
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the content' });
    expect(
      await skip.evaluate((link) => link === document.activeElement && link.getBoundingClientRect().top >= 0),
    ).toBe(true);
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('main');

    await page.locator('.row-link').first().focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    const outline = await page
      .locator('.row-link')
      .first()
      .evaluate((link) => getComputedStyle(link).outlineStyle);
    expect(outline).toBe('solid');
  });

  test('single keys reach search, reply, note, queue and help, and never fire while somebody types', async () => {
    await using there = await visit(browser);
    const { page, url } = there;
    await signIn(there, 'ben@example.test');
    await page.keyboard.press('/');
    expect(await focused(page)).toBe('search');
    await page.keyboard.type('r?j');
    expect(await page.getByRole('searchbox').inputValue()).toBe('r?j');

    await page.goto(`${url}/tickets/t-proposed`);
    await page.keyboard.press('r');
    expect(await focused(page)).toBe('reply');
    await page.locator('h1').click();
    await page.keyboard.press('n');
    expect(await focused(page)).toBe('note');
    await page.locator('h1').click();
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog', { name: 'Keyboard' }).isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('q');
    await page.waitForURL(`${url}/`);
  });

  test('single keys can be switched off, for good in this browser', async () => {
    await using there = await visit(browser);
    const { page, url } = there;
    await signIn(there, 'ben@example.test');
    await page.keyboard.press('?');
    await page.getByRole('checkbox', { name: /single keys/ }).uncheck();
    await page.keyboard.press('Escape');
    await page.goto(`${url}/tickets/t-proposed`);
    await page.keyboard.press('r');
    expect(await focused(page)).not.toBe('reply');

    await page.getByRole('link', { name: 'Help' }).click();
    expect(await page.getByRole('dialog').isVisible()).toBe(true);
  });

  test('the queue refreshes itself and leaves the focus where it was', async () => {
    await using there = await visit(browser);
    const { page, complaints } = there;
    await page.clock.install();
    await signIn(there, 'ben@example.test');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const before = await page.locator('#queue').elementHandle();
    const other = await there.signedIn('ada@example.test');
    await other.send('/tickets/t-inquiry/close');

    await page.clock.fastForward(31_000);
    await page.waitForFunction(
      (old) => document.querySelector('#queue') !== old && !document.querySelector('#row-t-inquiry'),
      before,
    );
    expect(await focused(page)).toBe('row-t-hostile');
    expect(complaints).toEqual([]);
  });

  test('a hostile mail runs nothing and loads nothing', async () => {
    await using there = await visit(browser);
    const { page, url, complaints } = there;
    const asked: string[] = [];
    page.on('request', (sent) => void asked.push(new URL(sent.url()).pathname));
    page.on('dialog', (dialog) => void complaints.push(dialog.message()));
    await signIn(there, 'ben@example.test');
    await page.goto(`${url}/tickets/t-hostile`);

    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(HOSTILE);
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(asked.filter((path) => path.endsWith('/x'))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('without scripts a ticket is taken, noted in and closed', async () => {
    await using there = await visit(browser, { javaScriptEnabled: false });
    const { page, url, calls } = there;
    await signIn(there, 'ben@example.test');
    await page.goto(`${url}/tickets/t-inquiry`);
    await page.getByRole('button', { name: 'Take over' }).click();
    await page.getByLabel('Note for colleagues').fill('Credits are back since the fix.');
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByRole('button', { name: 'Close', exact: true }).click();

    expect(await page.getByText('The ticket is closed.').isVisible()).toBe(true);
    expect(calls.map(([name]) => name)).toEqual(['tickets.assign', 'tickets.note', 'tickets.close']);
    await page.getByRole('link', { name: 'Help' }).click();
    await page.waitForURL(`${url}/help`);
  });
});
