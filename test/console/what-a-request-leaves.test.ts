import { describe, expect, test } from '@jest/globals';
import { openConsole, type Visitor } from './visitor.ts';

const ADA = 'ada@example.test';
const BEN = 'ben@example.test';

const plain = (html: string): string => html.replace(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const page = async (visitor: Visitor, id: string): Promise<string> =>
  plain((await visitor.get(`/requests/${id}`)).text);

describe('what a request leaves to do and to see', () => {
  test('a package: how much, until when, and when it was fetched; what is missing and what comes next', async () => {
    const text = await page(await openConsole().signedIn(ADA), 'package');
    expect(text).toContain('1,204 records and 63 files, 4.8 GB');
    expect(text).toMatch(/Part 2 812 MB, fetched today, 11:00/);
    expect(text).toMatch(/Done in part .*the letter names what is missing\. One file is locked by its store/);
  });

  test('recipients: what is due and late, with a form for each that is open', async () => {
    const { signedIn, calls } = openConsole();
    const [ada, ben] = [await signedIn(ADA), await signedIn(BEN)];
    const { text } = await ben.get('/requests/restrict');
    expect(plain(text)).toMatch(
      /Public authorities Not told yet .* due 25 Nov.* Never answered .* They confirmed by the link/,
    );
    expect(text.match(/\/recipients\/n-\d\/\w+/g)).toEqual([
      '/recipients/n-1/done',
      '/recipients/n-2/again',
      '/recipients/n-2/done',
    ]);
    await ben.send('/requests/restrict/recipients/n-1/done', { note: 'By phone on Tuesday' });
    await ada.send('/requests/restrict/recipients/n-2/waive', { ground: 'impossible', reason: 'It has closed' });
    expect(calls).toEqual([
      ['notifications.done', 'n-1', 'staff-ben', 'By phone on Tuesday'],
      ['notifications.waive', 'n-2', 'staff-ada', 'impossible', 'It has closed'],
    ]);
  });

  test('a restriction is named by anybody and lifted by a privacy lead, the person told first', async () => {
    const { signedIn, calls } = openConsole();
    const [ada, ben] = [await signedIn(ADA), await signedIn(BEN)];
    expect(await page(ben, 'restrict')).toContain('They named no reason');
    expect(await page(ada, 'restrict')).toContain('The person is told first');
    await ben.send('/requests/restrict/restrictions/h-1/name', { ground: 'accuracy-contested' });
    await ada.send('/requests/restrict/restrictions/h-1/lift', { told: ' ' });
    expect(calls).toEqual([
      ['restrictions.name', 'h-1', 'accuracy-contested', 'staff-ben'],
      ['restrictions.lift', 'h-1', 'staff-ada'],
    ]);
  });

  test('an approved erasure says until when it can be stopped, and stops on the word of the person', async () => {
    const { signedIn, calls } = openConsole();
    const ben = await signedIn(BEN);
    expect(await page(ben, 'stoppable')).toContain('The run starts by itself after 21 Nov, 12:00.');
    expect((await ben.send('/requests/stoppable/withdraw')).status).toBe(422);
    await ben.send('/requests/stoppable/withdraw', { said: 'yes' });
    expect(calls).toEqual([['requests.withdraw', 'stoppable', 'staff-ben']]);
    expect(await page(ben, 'stoppable')).toContain('It was taken back before it was carried out.');
  });

  test('a duplicate leads to the request that answers it', async () => {
    const { text } = await (await openConsole().signedIn(BEN)).get('/requests/linked');
    expect(text).toContain('href="/console/requests/r-access"');
  });

  test('an erasure waits for the copy that was asked for with it', async () => {
    expect(await page(await openConsole().signedIn(BEN), 'after')).toContain(
      'Their copy first They asked for their data',
    );
  });

  test('requests of one conversation lead to each other', async () => {
    const visitor = await openConsole().signedIn(BEN);
    expect(await page(visitor, 'object')).toContain('Belongs with Complaint: to be weighed');
    expect(await page(visitor, 'complain')).toMatch(/Belongs with The request that this is about Objection/);
  });

  test('somebody who acts for another shows a document, or names whose account it is', async () => {
    const { signedIn, calls } = openConsole();
    const ben = await signedIn(BEN);
    await ben.send('/requests/agent/mandate', { kind: 'power-of-attorney', until: '2027-01-31', copy: 'yes' });
    await ben.send('/requests/agent/concerns', { subject: 'u-17' });
    expect(calls).toEqual([
      ['requests.mandateSeen', 'agent', 'staff-ben', { kind: 'power-of-attorney', copy: true, until: '2027-01-31' }],
      ['requests.concerns', 'agent', 'staff-ben', 'u-17'],
    ]);
  });

  test('what was counted before a refusal stays counted', async () => {
    const ada = await openConsole().signedIn(ADA);
    await ada.send('/requests/r-previewed/refuse', { ground: 'unfounded-or-excessive', reason: 'Asked each day' });
    expect(await page(ada, 'r-previewed')).toMatch(/Preview Done\. .* Proposal Not done\. Refused before this/);
  });

  test('a refusal names a ground of the law, and no article of one’s own', async () => {
    const { signedIn, calls } = openConsole();
    const ada = await signedIn(ADA);
    const own = { article: 'Because we can', reason: 'Words' };
    expect((await ada.send('/requests/r-received/refuse', own)).status).toBe(422);
    expect(calls).toEqual([]);
  });
});
