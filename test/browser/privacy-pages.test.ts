import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import { leadOf, twoStaff } from '../engine/case.ts';
import { accessibilityFaults, screenshot, sidewaysScroll } from '../support/browser.ts';
import { aPerson, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { openSite, type Site } from './openSite.ts';

let site: Site;
let the: Scene;
let mara: Person;
let agent: string;
/** Requests in several states, and a conversation. */
let pages: readonly (readonly [string, string])[];

beforeAll(async () => {
  the = await scene();
  mara = await aPerson(the, 'mara@example.org', { videos: 3, logs: 3 });
  ({ agent } = await twoStaff(the.kept));
  site = await openSite(express().use('/privacy', the.kept.router({ subjectOf: () => mara.key })));

  const { requests, support, tickets } = the.kept;
  const asked = { channel: 'app', subject: mara.key, address: mara.address, text: 'Please.' } as const;
  const portability = await requests.open({ ...asked, right: 'portability' });
  const erasure = await requests.open({ ...asked, right: 'erasure' });
  const refused = await requests.open({ ...asked, right: 'rectification', text: 'The year is wrong.' });
  await requests.advance();
  await requests.refuse(refused._id, await leadOf(the.kept), {
    article: 'Art 12(5) GDPR',
    reason: 'It stands there as you say it.',
  });
  await requests.advance();
  const words = `${'averylongwordwithoutanyspace'.repeat(5)}\nPlease delete my account.`;
  const talk = await support.open(mara.key, { subjectLine: 'Charged twice', text: words });
  await tickets.reply(talk.id, agent, 'We have sent the money back. It takes three days.');
  pages = [
    ['overview', '/'],
    ['ask-access', '/ask/access'],
    ['ask-rectification', '/ask/rectification'],
    ['ask-restriction', '/ask/restriction'],
    ['ask-objection', '/ask/objection'],
    ['request-open', `/requests/${erasure._id}`],
    ['request-ready', `/requests/${portability._id}`],
    ['package', `/packages/package-${portability._id}`],
    ['request-refused', `/requests/${refused._id}`],
    ['support', '/support'],
    ['conversation', `/support/${talk.id}`],
  ];
}, 120_000);
afterAll(async () => {
  await site?.close();
  await the?.close();
});

test.each([
  ['light', 1200],
  ['light', 320],
  ['dark', 320],
] as const)(
  'everybody can read and use every page of their own requests, %s and %i pixels wide',
  async (colorScheme, width) => {
    const { page, complaints } = await site.window({ colorScheme, viewport: { width, height: 800 } });
    for (const [name, path] of pages) {
      await page.goto(`${site.url}/privacy${path}`);
      await screenshot(page, `privacy-${name}-${colorScheme}-${width}`);
      expect([path, await accessibilityFaults(page), await sidewaysScroll(page)]).toEqual([path, [], 0]);
    }
    expect(complaints).toEqual([]);
    await page.close();
  },
  120_000,
);

test('somebody corrects a value, sees the request and takes it back, by keyboard and without scripts', async () => {
  const { page } = await site.window({ javaScriptEnabled: false });
  await page.goto(`${site.url}/privacy/`);
  await page.getByRole('link', { name: 'to correct your personal data', exact: true }).press('Enter');
  await page.getByLabel('What is right?').fill('Mara Lindt');
  await page.getByRole('button', { name: 'Send the request' }).press('Enter');
  // Nothing was chosen and nothing described: it is said, and what was written is still there.
  expect(await page.getByRole('alert').textContent()).toContain('describe it');
  expect(await page.getByLabel('What is right?').inputValue()).toBe('Mara Lindt');
  await page.getByLabel('What is wrong?').selectOption({ label: 'Name and avatar (name): Mara L' });
  await page.getByRole('button', { name: 'Send the request' }).press('Enter');
  await page.getByText('We work on it.').waitFor();
  await page.getByRole('button', { name: 'Take it back' }).press('Enter');
  await page.getByText('It is taken back.').first().waitFor();
  await page.close();
});

test('somebody writes to support and goes on with what was answered', async () => {
  const { page } = await site.window();
  await page.goto(`${site.url}/privacy/`);
  await page.getByRole('link', { name: 'Write to us' }).click();
  await page.getByLabel('What is it about?').fill('My avatar');
  await page.getByLabel('Your message').fill('It looks strange.');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('It looks strange.').waitFor();
  const id = decodeURIComponent(page.url().split('/').at(-1) ?? '');
  await the.kept.tickets.reply(id, agent, 'Try another one.');
  await page.reload();
  await page.getByText('Try another one.').waitFor();
  await page.getByLabel('Write to us').fill('That helped.');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('That helped.').waitFor();
  await page.close();
});
