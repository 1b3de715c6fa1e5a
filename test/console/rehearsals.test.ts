import { describe, expect, test } from '@jest/globals';
import { openConsole } from './visitor.ts';

const BEN = 'ben@example.test';

/** What a page says, without tags. */
const said = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('a rehearsal', () => {
  test('shows what a request would do, is marked as such, and writes nothing', async () => {
    const { signedIn, calls } = openConsole();
    const answer = await (await signedIn(BEN)).send('/rehearsals', { right: 'erasure', subject: 'u-17' });
    expect(answer.status).toBe(200);
    expect(said(answer.text)).toMatch(/REHEARSAL: nothing was changed Erasure of u-17 .* GDPR .* Two people sign/);
    expect(said(answer.text)).toMatch(/generations .* Erase 1,204 .* payments .* Detach .* until 1 Jan 2035/);
    expect(calls).toEqual([]);
  });

  test('of no right, or of nobody, is refused', async () => {
    const ben = await openConsole().signedIn(BEN);
    for (const form of [
      { right: 'everything', subject: 'u-17' },
      { right: 'erasure', subject: ' ' },
    ])
      expect((await ben.send('/rehearsals', form)).status).toBe(422);
  });
});

describe('a test request', () => {
  test('is opened from what was rehearsed, and leads to its page', async () => {
    const { signedIn, calls } = openConsole();
    const answer = await (await signedIn(BEN)).send('/rehearsals/test', { right: 'erasure', subject: 'u-17' });
    expect(calls).toEqual([['requests.openTest', { right: 'erasure', subject: 'u-17', by: 'staff-ben' }]]);
    expect(answer.headers.location).toBe('/console/requests/tried');
  });

  test.each([
    ['/rehearsals', /Erasure TEST/],
    ['/tickets/t-tried', /TEST .* Erasure TEST/],
    ['/requests/tried', /Test of Erasure TEST .* Opened by Ben Okoye .* every letter goes to ben@example.test/],
  ])('is marked as a test on %s', async (path, marked) => {
    expect(said((await (await openConsole().signedIn(BEN)).get(path)).text)).toMatch(marked);
  });

  test('says at its end what it would have done', async () => {
    const { text } = await (await openConsole().signedIn(BEN)).get('/requests/tried');
    expect(said(text)).toMatch(/What it would have done .* users .* Erase/);
  });

  test('lifts no restriction that stands for the person', async () => {
    const { signedIn, calls } = openConsole();
    const ada = await signedIn('ada@example.test');
    expect((await ada.get('/requests/restrict')).text).toContain('restrictions/h-1/lift');
    expect((await ada.get('/requests/tried')).text).not.toContain('restrictions/h-1/lift');
    expect((await ada.send('/requests/tried/restrictions/h-1/lift', { told: '' })).status).toBe(404);
    expect(calls).toEqual([]);
  });

  test('no request of a person is marked so', async () => {
    const ben = await openConsole().signedIn(BEN);
    for (const path of ['/', '/tickets/t-done', '/requests/r-done'])
      expect((await ben.get(path)).text).not.toContain('TEST');
  });
});
