import { describe, expect, test } from '@jest/globals';
import { openConsole } from './visitor.ts';

const [ADA, BEN] = ['ada@example.test', 'ben@example.test'];

describe('an erasure that found the person in what somebody else wrote', () => {
  test('names what is there, and says what each way to end it means', async () => {
    const { text } = await (await openConsole().signedIn(ADA)).get('/requests/left');
    expect(text).toContain('In comments 1 record still names the person.');
    expect(text).toMatch(/If nothing is left, the erasure is complete .* with a new receipt/);
    expect(text).toContain('What they were known by is forgotten');
  });

  test('is looked through again; where something is still there, the page says where', async () => {
    const { signedIn, calls } = openConsole();
    const answer = await (await signedIn(BEN)).send('/requests/left/look-again');
    expect(calls).toEqual([['requests.lookAgain', 'left', 'staff-ben']]);
    expect(answer.status).toBe(409);
    expect(answer.text).toMatch(/role="alert".*Something is still there: 1 record of comments/);
  });

  test('is left as it is by a privacy lead, with a reason', async () => {
    const { signedIn, calls } = openConsole();
    const [ada, ben] = [await signedIn(ADA), await signedIn(BEN)];
    const reason = 'It is what somebody else has to say';
    expect((await ben.get('/requests/left')).text).not.toContain('/requests/left/leave');
    expect((await ben.send('/requests/left/leave', { reason })).status).toBe(403);
    expect((await ada.send('/requests/left/leave', { reason: ' ' })).status).toBe(422);
    await ada.send('/requests/left/leave', { reason });
    expect(calls).toEqual([['requests.leaveAsItIs', 'left', 'staff-ada', reason]]);
  });

  test('no other request offers that', async () => {
    const ada = await openConsole().signedIn(ADA);
    for (const id of ['package', 'r-done', 'r-running'])
      expect((await ada.get(`/requests/${id}`)).text).not.toContain('look-again');
  });
});

describe('an erasure whose person asked for a copy first', () => {
  test('waits, names the copy, and goes without it when a privacy lead says why', async () => {
    const { signedIn, calls } = openConsole();
    const [ada, ben] = [await signedIn(ADA), await signedIn(BEN)];
    const reason = 'The file cannot be read any more';
    expect((await ben.get('/requests/after')).text).not.toContain('/requests/after/release');
    expect((await ben.send('/requests/after/release', { reason })).status).toBe(403);
    const { text } = await ada.get('/requests/after');
    expect(text).toContain('It is erased once they have it, or could not fetch it any more.');
    expect(text).toContain('<a href="/console/requests/copy">The copy that goes before this erasure</a>');
    await ada.send('/requests/after/release', { reason });
    expect(calls).toEqual([['requests.eraseWithoutCopy', 'after', 'staff-ada', reason]]);
  });
});

describe('a package', () => {
  const card = async (id: string): Promise<string> => {
    const { text } = await (await openConsole().signedIn(BEN)).get(`/requests/${id}`);
    const from = text.indexOf('id="package-title"');
    return text
      .slice(from, text.indexOf('</section>', from))
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ');
  };

  test('says while it is made how far it is', async () => {
    expect(await card('making')).toMatch(/Being made Holds So far 900 records and 4 files, 71 MB Begun today, 11:00/);
  });

  test('says once it is ready when it was fetched, and until when it can be', async () => {
    expect(await card('package')).toMatch(/Ready today, 11:00 Fetched today, 11:00 Ready until 3 Dec, 12:00/);
  });

  test('says that it is gone, and whether the person had it', async () => {
    expect(await card('copy')).toMatch(/Gone, not fetched .* Was there until 19 Nov, 12:00/);
  });

  test('leads, once fetched, to its signed receipt of delivery, byte by byte', async () => {
    const ben = await openConsole().signedIn(BEN);
    expect((await ben.get('/requests/package')).text).toContain('href="/console/requests/package/delivery"');
    expect((await ben.get('/requests/package/delivery')).text).toContain('Receipt of delivery');
    const { text, headers } = await ben.get('/requests/package/delivery.json');
    expect(text).toBe('{"document":{"format":"kept-delivery/1"},"signature":{"keyId":"key-1"}}');
    expect(headers['content-disposition']).toBe('attachment; filename=delivery-package.json');
    expect((await ben.get('/requests/making/delivery')).status).toBe(404);
  });
});

describe('a restriction that has ended', () => {
  test('leads to the signed receipt of its end, where it was asked for, and nowhere else', async () => {
    const ada = await openConsole().signedIn(ADA);
    const there = '/requests/restrict/restrictions/h-0/receipt';
    const { text } = await ada.get('/requests/restrict');
    expect(text).toContain(`href="/console${there}"`);
    expect(text).not.toContain('restrictions/h-0/lift');
    expect((await ada.get('/requests/object')).text).not.toContain('restrictions/h-0');
    expect((await ada.get(there)).text).toContain('Receipt of the end of a restriction');
    expect((await ada.get(`${there}.json`)).headers['content-disposition']).toBe(
      'attachment; filename=end-restrict.json',
    );
    expect((await ada.get('/requests/restrict/restrictions/h-1/receipt')).status).toBe(404);
  });
});
