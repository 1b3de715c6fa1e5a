import { afterAll, describe, expect, test } from '@jest/globals';
import type { Ticket } from '@kept/core';
import { aPerson } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { DELETE, MAILBOX, mail, ticketOfMail } from './case.ts';

const the = await scene();
const { kept } = the;
afterAll(() => the.close());

const ticketOf = (mailId: string): Promise<Ticket> => ticketOfMail(the, mailId);
const lettersTo = (address: string): number => the.mailer.sent.filter((letter) => letter.to === address).length;
const settle = async (): Promise<void> => {
  await kept.requests.advance();
  await kept.outbox.deliver();
};
const lastMessageIdTo = (address: string): string =>
  the.mailer.sent.findLast((letter) => letter.to === address)?.messageId ?? '';

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
