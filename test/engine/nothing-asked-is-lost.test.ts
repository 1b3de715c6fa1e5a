import { afterAll, describe, expect, test } from '@jest/globals';
import type { StoredRequest } from '@kept/core';
import { aPerson, linkFor, rawMail } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { DELETE, leadOf, MAILBOX, mail, twoStaff } from './case.ts';

const the = await scene();
const { kept } = the;
afterAll(() => the.close());

const openedBy = async (mailId: string): Promise<StoredRequest[]> =>
  (await kept.requests.list({ limit: 500 })).items.filter((each) => each._id.includes(mailId));

describe('who speaks of themselves and names another', () => {
  test('is asked about their own account, and the other about theirs', async () => {
    const chidi = await aPerson(the, 'chidi@example.org', { videos: 0 });
    const aiko = await aPerson(the, 'aiko@example.org', { videos: 0 });
    const text =
      'Please delete my data. My wife has an account with aiko@example.org, erase all data of aiko@example.org too.';
    const requests = await openedBy(await mail(kept, chidi.address, text));
    expect(requests.map((each) => each.about?.subject).sort()).toEqual([chidi.key, aiko.key].sort());
  });

  test('who writes of somebody else alone is not asked about their own account', async () => {
    const eve = await aPerson(the, 'eve@example.org', { videos: 0 });
    const bob = await aPerson(the, 'bob@example.org', { videos: 0 });
    const requests = await openedBy(
      await mail(kept, eve.address, 'Please delete all the personal data of bob@example.org.'),
    );
    expect(requests.map((each) => each.about?.subject)).toEqual([bob.key]);
  });
});

describe('a mail of many megabytes', () => {
  test('in a one-byte charset opens its request, and its page stays small', async () => {
    const filler = 'ä'.repeat(9_000_000);
    const raw = rawMail('long@example.org', `${DELETE}\r\n\r\n${filler.slice(0, 9_000_000)}`, {
      'Content-Type': 'text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding': '8bit',
    });
    const latin1 = Buffer.from(Buffer.from(raw).toString('utf8'), 'latin1');
    const { id } = await kept.mail.receive({ mailbox: MAILBOX, raw: latin1 });
    expect(await kept.mail.work()).toEqual({ read: 1, unreadable: 0 });
    const [request] = await openedBy(id);
    expect(request?.right).toBe('erasure');
    const [message] = await kept.tickets.conversation(request?.ticket ?? '');
    expect(message?.text.length).toBeLessThan(210_000);
    expect(message?.text).toContain('more in the raw mail');
    expect((await kept.mail.raw(id, 'staff', 'the rest of it')).byteLength).toBe(latin1.byteLength);
  });
});

describe('a mail that cannot be read', () => {
  test('is told to every staff member in a letter, once', async () => {
    await twoStaff(kept);
    const { id } = await kept.mail.receive({ mailbox: MAILBOX, raw: rawMail('cy@example.org', 'x') });
    await the.keys.destroy(`mail:${id}`);
    await kept.mail.work();
    await kept.mail.work();
    await kept.outbox.deliver();
    const letters = the.mailer.sent.filter((each) => each.subjectLine.includes('could not be read'));
    expect(letters.map((each) => each.to).sort()).toEqual(['ada@kept.test', 'lin@kept.test']);
    expect(letters.map((each) => each.text).join()).not.toContain('cy@example.org');
  });
});

describe('pressed twice', () => {
  test('of several presses of one link at once, one counts', async () => {
    const flo = await aPerson(the, 'flo@example.org', { videos: 0 });
    await mail(kept, flo.address, DELETE);
    await kept.requests.advance();
    await kept.outbox.deliver();
    const link = linkFor(the, flo.address);
    const presses = await Promise.allSettled(Array.from({ length: 6 }, () => kept.requests.confirm(link)));
    expect(presses.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
  });

  test('the same request of a signed-in person is opened once while it is open', async () => {
    const gil = await aPerson(the, 'gil@example.org', { videos: 0 });
    const ask = (): Promise<StoredRequest> =>
      kept.requests.open({ right: 'erasure', channel: 'app', subject: gil.key, address: gil.address, text: 'asked' });
    const ids = (await Promise.all([ask(), ask(), ask()])).map((each) => each._id);
    expect(new Set([...ids, (await ask())._id]).size).toBe(1);
  });

  test('a link that was never used and whose request was refused does not say that it was used', async () => {
    const hal = await aPerson(the, 'hal@example.org', { videos: 0 });
    const id = await mail(kept, hal.address, DELETE);
    await kept.requests.advance();
    await kept.outbox.deliver();
    const link = linkFor(the, hal.address);
    const [request] = await openedBy(id);
    await kept.requests.refuse(request?._id ?? '', await leadOf(kept), { article: 'Art 12(5) GDPR', reason: 'abuse' });
    expect((await kept.requests.peekConfirmation(link))?.state).toBe('expired');
  });
});
