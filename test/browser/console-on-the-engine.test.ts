import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openDocument, verifySignature } from '@kept/core';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, openBrowser, screenshot } from '../support/browser.ts';
import { byStaff } from '../support/byStaff.ts';
import { aPerson, linkFor } from '../support/people.ts';
import type { Scene } from '../support/scene.ts';
import { type ConsoleOnEngine, consoleOnEngine } from './consoleOnEngine.ts';

let browser: Browser;
let house: ConsoleOnEngine;
let the: Scene;
const signedIn = (name: 'ada' | 'ben'): Promise<Page> => house.signedIn(name, { acceptDownloads: true });

beforeAll(async () => {
  browser = await openBrowser();
}, 120_000);
afterAll(() => browser?.close());

beforeEach(async () => {
  house = await consoleOnEngine(browser, { policy: await byStaff('access') });
  the = house.the;
  await aPerson(the, 'mara@example.org');
});
afterEach(() => house?.close());

describe('the console on the engine', () => {
  test('an erasure goes from the mail to the receipt in two people’s browsers', async () => {
    await house.mailComesIn('Mara <mara@example.org>', 'Hi, please delete everything you have about me. Thanks, Mara');
    const [ben, ada] = [await signedIn('ben'), await signedIn('ada')];
    expect(await ben.getByRole('row', { name: /Mara/ }).textContent()).toContain('Waiting for identity');

    await the.kept.requests.confirm(linkFor(the, 'mara@example.org'));
    await the.kept.workOff();
    await ben.reload();
    await ben.getByRole('link', { name: /^Erasure/ }).click();
    await ben.getByRole('button', { name: 'Propose this preview' }).click();
    await ben.getByText('Waiting for a second person').waitFor();
    expect(await ben.getByRole('button', { name: /Approve/ }).count()).toBe(0);

    await ada.goto(ben.url());
    await screenshot(ada, 'engine-approval');
    expect(await accessibilityFaults(ada)).toEqual([]);
    await ada.getByRole('checkbox', { name: /line by line/ }).check();
    await ada.getByRole('button', { name: 'Approve the erasure' }).click();
    await ada.getByText('Approved. The erasure starts with the next run.').waitFor();

    await the.kept.workOff();
    await ada.reload();
    await ada.getByRole('heading', { name: 'Done', exact: true }).waitFor();
    expect(await the.db.collection('users').countDocuments()).toBe(0);
    await screenshot(ada, 'engine-fulfilled');

    const there = ada.url();
    await ada.getByRole('link', { name: /^K-/ }).click();
    await ada.getByRole('heading', { level: 1, name: 'Hello' }).waitFor();
    expect(await ada.locator('.message-out .chip-met').count()).toBe(the.mailer.sent.length);
    expect(await accessibilityFaults(ada)).toEqual([]);
    await screenshot(ada, 'engine-ticket');
    await ada.goto(there);
    await ada.getByRole('link', { name: 'Signed receipt' }).click();
    const downloading = ada.waitForEvent('download');
    await ada.getByRole('link', { name: 'Download' }).click();
    const { readFile } = await import('node:fs/promises');
    const file = await readFile((await (await downloading).path()) ?? '');
    const signer = await the.keys.signer();
    expect(openDocument(file, { [signer.keyId]: signer.publicKey }, verifySignature).ok).toBe(true);
  }, 90_000);

  test('an access case is answered by hand, and the letter goes out', async () => {
    await house.mailComesIn('mara@example.org', 'Please send me a copy of all my personal data.');
    await the.kept.requests.confirm(linkFor(the, 'mara@example.org'));
    await the.kept.workOff();
    const ben = await signedIn('ben');
    await ben.getByRole('link', { name: /^Access/ }).click();
    await ben.getByLabel(/^Answer to/).fill('Attached is what we hold.');
    await ben.getByRole('button', { name: 'Answer and close' }).click();
    await ben.getByText('Answered. The case is closed.').waitFor();

    await the.kept.workOff();
    expect(the.mailer.sent.at(-1)?.text).toContain('Attached is what we hold.');
  }, 60_000);

  test('a mail that could not be read is shown with its reason, its bytes and its finding', async () => {
    await the.kept.mail.receive({ mailbox: 'support@sdanceai.com', raw: new Uint8Array([0, 1, 2, 255, 254, 0, 10]) });
    await the.kept.workOff();
    const ben = await signedIn('ben');
    await ben
      .getByRole('link', { name: /could not be read/ })
      .first()
      .click();
    await ben.getByText('Download', { exact: true }).first().click();
    await ben.getByLabel('Why do you need it?').fill('To answer by hand');
    const downloading = ben.waitForEvent('download');
    await ben.getByRole('button', { name: 'Download' }).click();
    expect((await downloading).suggestedFilename()).toMatch(/\.eml$/);
    await screenshot(ben, 'engine-mails');
    await ben.getByRole('link', { name: 'Open the ticket' }).click();
    expect(await ben.getByText('Downloaded the raw mail: To answer by hand').count()).toBe(1);
  }, 60_000);

  test('too many wrong passwords are slowed down, and a sign-out ends the session', async () => {
    const ada = await signedIn('ada');
    await ada.getByRole('button', { name: 'Sign out' }).click();
    await ada.getByText('You are signed out.').waitFor();
    for (let attempt = 0; attempt < 30 && !(await ada.getByText('429').count()); attempt += 1) {
      await ada.goto(`${house.url}/sign-in`);
      await ada.getByLabel('Email').fill('ada@kept.test');
      await ada.getByLabel('Password').fill('a wrong password');
      await ada.getByRole('button', { name: 'Sign in' }).click();
      await ada.waitForLoadState();
    }
    expect(await ada.getByText('429').count()).toBe(1);
  }, 90_000);
});
