import { afterAll, describe, expect, test } from '@jest/globals';
import type { Ticket } from '@kept/core';
import { aPerson, rawMail } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { confirmed, DELETE, leadOf, MAILBOX, mail, ticketOfMail } from './case.ts';

const the = await scene();
const { kept } = the;
afterAll(() => the.close());

const ticketOf = (mailId: string): Promise<Ticket> => ticketOfMail(the, mailId);
const settle = async (): Promise<void> => {
  await kept.requests.advance();
  await kept.outbox.deliver();
};
const receive = (raw: Uint8Array | string, mailbox = MAILBOX): Promise<{ id: string; duplicate: boolean }> =>
  kept.mail.receive({ mailbox, raw: typeof raw === 'string' ? Buffer.from(raw, 'latin1') : raw });

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
    expect((await kept.mail.unreadable()).items.map((each) => each._id)).toContain(id);
    expect(await ticketOf(id)).toMatchObject({ kind: 'unreadable', status: 'open', dueOn: '2026-04-02' });
    expect(await ticketOf(other.id)).toMatchObject({ kind: 'inquiry' });
    expect((await kept.findings.open()).map((each) => each.code)).toContain('MAIL_UNREADABLE');
  });

  test('however many mails could not be read, each is listed once and found by its id', async () => {
    const { id } = await receive(rawMail('old@example.org', 'x'));
    await the.keys.destroy(`mail:${id}`);
    await kept.mail.work();
    const mails = the.db.collection<{ _id: string }>('kept_mails');
    const oldest = await mails.findOneAndUpdate({ _id: id }, { $set: { receivedAt: new Date(0) } });
    const copies = Array.from({ length: 210 }, (_, n) => ({
      ...oldest,
      _id: `heap-${n}`,
      messageKey: `heap-${n}`,
      receivedAt: new Date(1),
    }));
    await mails.insertMany(copies);

    const { total } = await kept.mail.unreadable({ limit: 1 });
    const seen: string[] = [];
    for (let skip = 0; skip < total; skip += 50) {
      seen.push(...(await kept.mail.unreadable({ skip, limit: 50 })).items.map((each) => each._id));
    }
    expect([new Set(seen).size, seen.at(-1)]).toEqual([total, id]);
    expect(total).toBeGreaterThan(210);
    expect(await kept.mail.get(id)).toMatchObject({ _id: id, state: 'unreadable' });
    await mails.updateOne({ _id: id }, { $set: { service: 'another' } });
    expect(await kept.mail.get(id)).toBeUndefined();
    await mails.deleteMany({ _id: { $in: copies.map((each) => each._id) } });
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
    await kept.requests.refuse(ticket.requests[0] ?? '', await leadOf(kept), {
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

test('reading the same mail again after a crash makes nothing twice', async () => {
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
