import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, screenshot } from '../support/browser.ts';
import { aPerson, linkFor } from '../support/people.ts';
import type { Scene } from '../support/scene.ts';
import { type ConsoleOnEngine, consoleOnEngine } from './consoleOnEngine.ts';

let browser: Browser;
let house: ConsoleOnEngine;
let the: Scene;
let ada: Page;
let ben: Page;

beforeAll(async () => {
  browser = await openBrowser();
  house = await consoleOnEngine(browser);
  the = house.the;
  // Without scripts: every step is a page and a form.
  ben = await house.signedIn('ben', { javaScriptEnabled: false });
  ada = await house.signedIn('ada', { javaScriptEnabled: false });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

/** Somebody with an account writes, and confirms that it is them. */
async function asks(address: string, text: string): Promise<void> {
  await aPerson(the, address);
  await house.mailComesIn(address, text);
  await the.kept.requests.confirm(linkFor(the, address));
  await the.kept.workOff();
}

async function opens(page: Page, right: string): Promise<void> {
  await page.goto(`${house.url}/`);
  await page.getByRole('link', { name: new RegExp(`^${right}`) }).click();
}

/** How it ended, once everything due is done. */
async function outcome(page: Page): Promise<string> {
  await the.kept.workOff();
  await page.reload();
  return (await page.locator('.move').textContent()) ?? '';
}

test('access is carried out by itself; the page shows the package and until when it can be fetched', async () => {
  await asks('mara@example.org', 'Please send me a copy of all my personal data.');
  await ben.goto(`${house.url}/?status=closed`);
  await ben.getByRole('link', { name: /^Access/ }).click();
  expect(await ben.locator('.move').textContent()).toContain('The package is made');
  const card = ben.locator('section', { has: ben.getByRole('heading', { name: 'Package' }) });
  expect(await card.textContent()).toMatch(
    /Ready, not fetched yet.*Holds\s*\d+ records and \d+ files.*Ready until\s*17 Mar/s,
  );
  await screenshot(ben, 'rights-access');
}, 60_000);

test('a correction is looked at with its copies, then carried out as it was shown', async () => {
  await asks('lea@example.org', 'My name in your records is wrong. Please correct it to Lea Lind.');
  await opens(ben, 'Rectification');
  await ben.getByLabel('What is wrong').first().selectOption('users name');
  await ben.getByLabel('What is to stand there').first().fill('Lea Lind');
  await ben.getByRole('button', { name: 'Show what it would change' }).click();
  const shown = ben.locator('.weighed');
  expect(await shown.textContent()).toMatch(/users\.name\s*Mara L.*Lea Lind.*users\.name, 1 record/s);
  await screenshot(ben, 'rights-correction');
  expect(await the.db.collection('users').countDocuments({ name: 'Lea Lind' })).toBe(0);

  await ben.getByRole('button', { name: 'Correct exactly this' }).click();
  await ben.getByText('Decided. It is carried out with the next run').waitFor();
  expect(await outcome(ben)).toContain('Every copy is corrected.');
  expect(await the.db.collection('users').countDocuments({ name: 'Lea Lind', email: 'lea@example.org' })).toBe(1);
}, 60_000);

test('an objection is weighed by a privacy lead, in words that the person reads', async () => {
  await asks('nora@example.org', 'I object to you using my data to improve your service.');
  await opens(ben, 'Objection');
  expect(await ben.getByRole('button', { name: 'Decide' }).count()).toBe(0);
  await opens(ada, 'Objection');
  const improving = ada.getByRole('group', { name: 'Improve the service' });
  expect(await improving.getByLabel('Article').inputValue()).toMatch(/^Art 21\(1\)/);
  await improving.getByLabel(/^It goes on/).check();
  await improving.getByLabel('What we have for it').fill('Faults that everybody has are found.');
  await improving.getByLabel(/^Why that outweighs/).fill('The figures are needed to keep accounts safe.');
  const mending = ada.getByRole('group', { name: 'Find and mend faults' });
  await mending.getByLabel('Stop it for good').check();
  await mending.getByLabel('What we have for it').fill('Reports of faults');
  await mending.getByLabel(/^Why that outweighs/).fill('It can be done without them.');
  await screenshot(ada, 'rights-objection');
  await ada.getByRole('button', { name: 'Decide' }).click();

  expect(await outcome(ada)).toContain('What was overridden goes on once the person was told.');
  expect(the.mailer.sent.at(-1)?.text).toContain('The figures are needed to keep accounts safe.');
}, 60_000);

test('a complaint names what it is about and ends with a reason in writing', async () => {
  await house.mailComesIn('nora@example.org', 'I want to make a complaint about how you handled my personal data.');
  await opens(ada, 'Complaint');
  await ada.getByLabel(/^They are not/).check();
  await ada.getByLabel('Reason, as the person reads it').first().fill('We looked at it again, and it stands.');
  await screenshot(ada, 'rights-complaint');
  await ada.getByRole('button', { name: 'Decide and tell them' }).click();

  expect(await outcome(ada)).toContain('The person is told the outcome in writing');
  expect(the.mailer.sent.at(-1)?.text).toContain('We looked at it again, and it stands.');
  expect(await ada.getByRole('heading', { name: 'Decision' }).count()).toBe(1);
}, 60_000);

test('what an erasure could not end is ended by hand, looked for again, and complete', async () => {
  await asks('lars@example.org', 'Please delete everything you have about me.');
  const tutorials = the.db.collection('tutorials');
  await tutorials.insertOne({ text: 'Ask lars@example.org' });
  await opens(ben, 'Erasure');
  await ben.getByRole('button', { name: 'Propose this preview' }).click();
  await ada.goto(ben.url());
  await ada.getByRole('checkbox', { name: /line by line/ }).check();
  await ada.getByRole('button', { name: 'Approve the erasure' }).click();

  expect(await outcome(ada)).toMatch(/Still named elsewhere.*tutorials\.text: 1 record/s);
  await ada.getByRole('button', { name: 'Look again' }).click();
  expect(await ada.getByRole('alert').textContent()).toContain('Something is still there: tutorials.text: 1 record');
  await tutorials.deleteMany({});
  await ada.goto(ben.url());
  await ada.getByRole('button', { name: 'Look again' }).click();
  await ada.getByText('Nothing is left, so the erasure is complete.').waitFor();
  expect(await outcome(ada)).toContain('Everything in the plan was carried out.');
  expect(await ada.getByRole('link', { name: /^Signed receipt/ }).count()).toBeGreaterThan(0);
}, 60_000);

test('a rehearsal changes nothing, and a test of it ends by saying what it would have done', async () => {
  const { key } = await aPerson(the, 'tess@example.org');
  await ben.goto(`${house.url}/rehearsals`);
  await ben.getByLabel('What is asked for?').selectOption('access');
  await ben.getByLabel(/^Whose data/).fill(key);
  await ben.getByRole('button', { name: 'Show what it would do' }).click();
  expect(await ben.getByRole('status').textContent()).toMatch(
    /REHEARSAL: nothing was changed.*generations\s*3 records/s,
  );
  await ben.getByRole('button', { name: 'Open a test request of this' }).click();
  await ben.getByText('A test request is open.').waitFor();
  expect(await outcome(ben)).toContain('A test: nothing was changed');
  expect(await ben.getByRole('heading', { name: 'What it would have done' }).count()).toBe(1);
  expect(the.mailer.sent.filter(({ to }) => to === 'tess@example.org')).toEqual([]);
  await ben.goto(`${house.url}/?status=closed`);
  expect(await ben.locator('main').textContent()).not.toContain('TEST');
}, 60_000);
