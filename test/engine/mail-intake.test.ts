import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Kept, Ticket } from '@kept/core';
import { aPerson, rawMail } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { confirmed, DELETE, MAILBOX, mail } from './case.ts';

let the: Scene;
let kept: Kept;

beforeAll(async () => {
  the = await scene();
  kept = the.kept;
});
afterAll(() => the.close());

const ticketOf = async (mailId: string): Promise<Ticket> => {
  const stored = await the.db.collection<{ _id: string; ticket: string }>('kept_mails').findOne({ _id: mailId });
  const ticket = await kept.tickets.get(stored?.ticket ?? '');
  if (!ticket) throw new Error(`No ticket for ${mailId}`);
  return ticket;
};
const lettersTo = (address: string): number => the.mailer.sent.filter((letter) => letter.to === address).length;
const settle = async (): Promise<void> => {
  await kept.requests.advance();
  await kept.outbox.deliver();
};
const receive = (raw: Uint8Array | string, mailbox = MAILBOX): Promise<{ id: string; duplicate: boolean }> =>
  kept.mail.receive({ mailbox, raw: typeof raw === 'string' ? Buffer.from(raw, 'latin1') : raw });
const lastMessageIdTo = (address: string): string =>
  the.mailer.sent.findLast((letter) => letter.to === address)?.messageId ?? '';

describe('what arrives is kept', () => {
  test('the same mail twice is one, the same Message-ID over other bytes is another, and each mailbox counts for itself', async () => {
    const raw = rawMail('ann@example.org', 'How do I download?', { 'Message-ID': '<1@mail.test>' });
    const first = await receive(raw);
    expect(first.duplicate).toBe(false);
    expect(await receive(raw)).toEqual({ id: first.id, duplicate: true });
    expect(await receive(raw, 'SUPPORT@sdanceai.com')).toEqual({ id: first.id, duplicate: true });
    expect(await receive(rawMail('ann@example.org', 'Other words', { 'Message-ID': '<1@mail.test>' }))).toMatchObject({
      duplicate: false,
    });
    expect(await receive(raw, 'legal@sdanceai.com')).toMatchObject({ duplicate: false });
    expect(await kept.mail.work()).toEqual({ read: 3, unreadable: 0 });
  });

  test('a mail that comes twice at once is stored once', async () => {
    const raw = rawMail('both@example.org', 'How do I download?');
    const ends = await Promise.all([receive(raw), receive(raw), receive(raw)]);
    expect(ends.filter((end) => !end.duplicate)).toHaveLength(1);
    await kept.mail.work();
  });

  test('a mail without a Message-ID opens its ticket like any other', async () => {
    const id = await mail(kept, 'bo@example.org', 'How do I download?', { 'Message-ID': '' });
    expect(await ticketOf(id)).toMatchObject({ kind: 'inquiry', from: { address: 'bo@example.org' } });
  });

  test('a mail that cannot be read is kept as it came, shown, counted, and raises a finding', async () => {
    const { id } = await receive(rawMail('cy@example.org', 'x'));
    const other = await receive(rawMail('di@example.org', 'How do I download?'));
    await the.keys.destroy(`mail:${id}`);
    const before = await kept.mail.counts();
    expect(await kept.mail.work()).toEqual({ read: 1, unreadable: 1 });
    const after = await kept.mail.counts();
    expect([after.unreadable - before.unreadable, after.stored]).toEqual([1, 0]);
    expect((await kept.mail.unreadable()).map((each) => each._id)).toContain(id);
    expect(await ticketOf(id)).toMatchObject({ kind: 'unreadable', status: 'open', dueOn: '2026-04-02' });
    expect(await ticketOf(other.id)).toMatchObject({ kind: 'inquiry' });
    expect((await kept.findings.open()).map((each) => each.code)).toContain('MAIL_UNREADABLE');
  });

  test('a mail whose processing fails leaves the others read, and after some rounds it is shown as it came', async () => {
    const bad = await receive(rawMail('ed@example.org', 'How do I download this?'));
    const good = await receive(rawMail('flo@example.org', 'How do I download that?'));
    const broken = await the.restart({
      keys: {
        ...the.keys,
        get: async (id) => {
          if (id === `mail:${bad.id}`) throw new RangeError('The disk is on fire');
          return the.keys.get(id);
        },
      },
    });
    expect(await broken.mail.work()).toEqual({ read: 1, unreadable: 0 });
    expect(await ticketOf(good.id)).toMatchObject({ kind: 'inquiry' });
    expect((await kept.mail.counts()).stored).toBe(1);
    for (let round = 0; round < 4; round += 1) await broken.mail.work();
    expect((await kept.mail.counts()).stored).toBe(0);
    expect(await ticketOf(bad.id)).toMatchObject({ kind: 'unreadable' });
    expect(Buffer.from(await kept.mail.raw(bad.id, 'ada', 'to answer by hand')).toString()).toContain(
      'How do I download this?',
    );
  });

  test('whoever looks at a raw mail is in the evidence', async () => {
    const id = await mail(kept, 'gus@example.org', 'How do I download?');
    await kept.mail.raw(id, 'ada', 'to answer by hand');
    await kept.evidence.sequence();
    expect((await kept.evidence.entries({ kind: 'mails', id })).map((each) => each.type)).toEqual([
      'MailReceived',
      'MailRead',
      'RawMailRead',
    ]);
  });
});

describe('hostile and old-fashioned mail', () => {
  test.each([
    ['no headers at all', 'please delete everything you have about me'],
    ['nothing', ''],
    ['null bytes', 'From: a@example.org\0\r\nSubject: \0\0\r\n\r\nplease delete all my data\0'],
    ['two senders', 'From: a@example.org, b@example.org\r\nFrom: c@example.org\r\n\r\nHello'],
    ['a sender that is none', 'From: undisclosed\r\nSubject: x\r\n\r\nplease delete all my data'],
    ['a header that never ends', `From: a@example.org\r\nSubject: ${'x'.repeat(200_000)}\r\n\r\nHello`],
    ['operators for a name', 'From: {"$ne": null} <$where@example.org>\r\nSubject: $gt\r\n\r\nHello'],
    [
      'broken multipart',
      'From: a@example.org\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x',
    ],
    [
      'markup',
      'From: <script>alert(1)</script>@example.org\r\nSubject: <b>\r\nContent-Type: text/html\r\n\r\n<p>delete <img onerror=x src=x>',
    ],
    ['a charset that does not exist', 'From: a@example.org\r\nContent-Type: text/plain; charset=klingon\r\n\r\nHello'],
  ])('%s: it becomes a ticket all the same', async (_name, raw) => {
    const { id } = await receive(raw);
    const { read, unreadable } = await kept.mail.work();
    expect(read + unreadable).toBe(1);
    expect(await ticketOf(id)).toBeDefined();
  });

  test('a mail without a sender gets no letter, and its request is shown to staff all the same', async () => {
    await settle();
    const { id } = await receive('Subject: Hello\r\n\r\nPlease delete everything you have about me.\r\n');
    await kept.mail.work();
    const sent = the.mailer.sent.length;
    await settle();
    const ticket = await ticketOf(id);
    expect([ticket.kind, ticket.from.address, ticket.requests.length]).toEqual(['rights', '', 1]);
    expect(the.mailer.sent).toHaveLength(sent);
    expect((await kept.findings.open()).filter((each) => each.code === 'REQUEST_STUCK')).toEqual([]);
    await expect(kept.tickets.reply(ticket._id, 'ada', 'Hello?')).rejects.toMatchObject({ code: 'LETTER_INVALID' });
    await kept.requests.refuse(ticket.requests[0] ?? '', 'ada', {
      article: 'Article 12(6) GDPR',
      reason: 'No sender.',
    });
    await settle();
    expect(await kept.tickets.get(ticket._id)).toMatchObject({ status: 'closed' });
  });

  test.each([
    ['iso-8859-1', 'Meine Gr\xfc\xdfe', 'Meine Grüße'],
    ['windows-1252', 'twenty \x80', 'twenty €'],
    ['koi8-r', '\xf0\xd2\xc9\xd7\xc5\xd4', 'Привет'],
  ])('%s is read as it was meant', async (charset, bytes, words) => {
    const { id } = await receive(
      `From: a@example.org\r\nContent-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${bytes}\r\n`,
    );
    await kept.mail.work();
    const [message] = await kept.tickets.conversation((await ticketOf(id))._id);
    expect(message?.text.trim()).toBe(words);
  });
});

describe('machines', () => {
  test('an automatic mail gets no letter, and what it asks for is a case all the same', async () => {
    await aPerson(the, 'agent@example.org', { videos: 1, logs: 0, payments: 0 });
    const id = await mail(kept, 'agent@example.org', DELETE, { 'Auto-Submitted': 'auto-generated' });
    await settle();
    expect((await ticketOf(id)).requests).toHaveLength(1);
    const letters = the.mailer.sent.filter((letter) => letter.to === 'agent@example.org');
    expect(letters.map((letter) => letter.text.includes('/privacy/confirm/'))).toEqual([true]);
  });

  test('sdance-ai.contact.thirty-days: an automatic inquiry is shown with its date and not answered', async () => {
    const id = await mail(kept, 'robot@example.org', 'Delivery failed for your letter', {
      'Auto-Submitted': 'auto-replied',
    });
    await settle();
    expect([lettersTo('robot@example.org'), (await ticketOf(id)).dueOn]).toEqual([0, '2026-04-02']);
  });

  test('two machines that answer each other stop after five letters a day', async () => {
    for (let n = 0; n < 9; n += 1) {
      the.clock.forward({ seconds: 1 });
      await mail(kept, 'loop@example.org', `Thank you for your message, number ${n}.`);
      await settle();
    }
    expect(lettersTo('loop@example.org')).toBe(5);
  });

  test('a mail from our own mailbox is never answered', async () => {
    await mail(kept, MAILBOX, 'How do I download?');
    await settle();
    expect(lettersTo(MAILBOX)).toBe(0);
  });

  test("a staff member's mail from their own address is a mail like any other", async () => {
    const password = 'a long password';
    await kept.staff.add({ email: 'zoe@kept.test', name: 'Zoe', role: 'agent', password });
    const id = await mail(kept, 'zoe@kept.test', DELETE);
    await settle();
    expect((await ticketOf(id)).requests).toHaveLength(1);
  });
});

describe('threads', () => {
  const reply = (from: string, to: string, text: string, more: Record<string, string> = {}): Promise<string> =>
    mail(kept, from, text, { 'In-Reply-To': to, ...more });

  test('a reply joins its ticket, a reply to a closed one opens it again with a new date', async () => {
    const id = await mail(kept, 'hal@example.org', 'How do I download?');
    await settle();
    const ticket = await ticketOf(id);
    const first = lastMessageIdTo('hal@example.org');
    await kept.tickets.reply(ticket._id, 'ada', 'Press the button.');
    expect((await kept.tickets.get(ticket._id))?.status).toBe('waiting');
    await kept.tickets.close(ticket._id, 'ada');
    the.clock.forward({ days: 3 });
    const again = await reply('hal@example.org', first, 'Which button?');
    expect(await ticketOf(again)).toMatchObject({ _id: ticket._id, status: 'open' });
    expect((await ticketOf(again)).dueOn > ticket.dueOn).toBe(true);
    expect((await kept.tickets.conversation(ticket._id)).filter((each) => each.direction === 'in')).toHaveLength(2);
    expect(await ticketOf(again)).not.toHaveProperty('closedAt');
  });

  test('an automatic reply joins its ticket and does not open it again', async () => {
    const id = await mail(kept, 'ivy@example.org', 'How do I download?');
    await settle();
    const ticket = await ticketOf(id);
    await kept.tickets.close(ticket._id, 'ada');
    const away = await reply('ivy@example.org', lastMessageIdTo('ivy@example.org'), 'I am away', {
      'Auto-Submitted': 'auto-replied',
    });
    expect(await ticketOf(away)).toMatchObject({ _id: ticket._id, status: 'closed' });
  });

  test('a reply that asks for a further right opens a request of its own, with its own clock', async () => {
    await aPerson(the, 'jo@example.org', { videos: 1, logs: 0, payments: 0 });
    const id = await mail(kept, 'jo@example.org', 'Please send me a copy of all my personal data.');
    await settle();
    the.clock.forward({ days: 5 });
    const later = await reply('jo@example.org', lastMessageIdTo('jo@example.org'), DELETE);
    const ticket = await ticketOf(later);
    expect(ticket._id).toBe((await ticketOf(id))._id);
    const requests = await Promise.all(ticket.requests.map((each) => kept.requests.get(each)));
    expect(requests.map((each) => each?.right).sort()).toEqual(['access', 'erasure']);
    const dueOf = (right: string): string => requests.find((each) => each?.right === right)?.dueOn ?? '';
    expect(dueOf('erasure') > dueOf('access')).toBe(true);
    expect(ticket.dueOn).toBe(dueOf('access'));
  });

  test('a reply that asks for the same again is the same case', async () => {
    await aPerson(the, 'kim@example.org', { videos: 1, logs: 0, payments: 0 });
    await mail(kept, 'kim@example.org', DELETE);
    await settle();
    const later = await reply('kim@example.org', lastMessageIdTo('kim@example.org'), `${DELETE} And now.`);
    expect((await ticketOf(later)).requests).toHaveLength(1);
  });

  test('a stranger who quotes a Message-ID of ours gets a ticket of his own', async () => {
    const id = await mail(kept, 'lu@example.org', 'How do I download?');
    await settle();
    const stranger = await reply('eve@example.net', lastMessageIdTo('lu@example.org'), 'What did Lu write?');
    expect((await ticketOf(stranger))._id).not.toBe((await ticketOf(id))._id);
  });

  test('thousands of references in a header find their ticket and cost little', async () => {
    const id = await mail(kept, 'may@example.org', 'How do I download?');
    await settle();
    const many = Array.from({ length: 3000 }, (_, n) => `<${n}@elsewhere.test>`).join(' ');
    const later = await mail(kept, 'may@example.org', 'Which button?', {
      References: `${many} ${lastMessageIdTo('may@example.org')}`,
    });
    expect((await ticketOf(later))._id).toBe((await ticketOf(id))._id);
  });
});

test('sdance-ai.collects.communications: reading the same mail again after a crash makes nothing twice', async () => {
  await aPerson(the, 'ned@example.org', { videos: 1, logs: 0, payments: 0 });
  const id = await mail(kept, 'ned@example.org', DELETE);
  const count = async (): Promise<number[]> =>
    Promise.all(
      ['tickets', 'messages', 'requests', 'outbox'].map((name) => the.db.collection(`kept_${name}`).countDocuments()),
    );
  await settle();
  const before = await count();
  await the.db.collection<{ _id: string }>('kept_mails').updateOne({ _id: id }, { $set: { state: 'stored' } });
  await kept.mail.work();
  await settle();
  expect(await count()).toEqual(before);
  expect((await confirmed(the, kept, 'ned@example.org')).status).toBe('previewed');
});
