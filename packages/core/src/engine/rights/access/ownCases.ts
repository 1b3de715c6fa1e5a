import { recipientsTold } from '../../notifications/recipientsTold.ts';
import type { Message, OutboxLetter, StoredRequest, Ticket } from '../../stored.ts';
import { isBySignedInPerson } from '../../support/signedInPerson.ts';
import type { World } from '../../world.ts';
import { decisionTold } from './decisionTold.ts';
import type { OwnMask, OwnQuestion } from './ownFiles.ts';
import { recordsWhere } from './recordsWhere.ts';

/** The person's requests and how they went; of what somebody else reported about the account, that it was, and nothing of them. */
export async function* requestsOf(world: World, { subject }: OwnQuestion, mask: OwnMask): AsyncGenerator<object> {
  for await (const request of recordsWhere<StoredRequest>(world, 'requests', { subject })) {
    const { right, status, regime, channel, receivedAt, dueOn, answerSentAt, extension, report } = request;
    const closed = 'closedAt' in request ? { closedAt: request.closedAt } : {};
    const refusal = 'refusal' in request ? refusalOf(request.refusal, mask) : undefined;
    const missing = 'missing' in request ? request.missing : undefined;
    const told = (await recipientsTold(world, request._id)).map(({ label, what, state, sentAt }) => ({
      ...{ recipient: label, what, state, sentAt },
    }));
    yield {
      ...{ right, status, law: regime, channel, receivedAt, dueOn, answerSentAt },
      ...(report && { reportedBy: mask.whole('reportedBy', 'reporter') }),
      ...(extension && { extendedOn: extension.on, extendedBecause: mask.text('extendedBecause', extension.reason) }),
      ...{ ...closed, refusal, missing },
      ...decisionTold(request, mask),
      ...(told.length > 0 && { recipientsTold: told }),
    };
  }
}

/** What was written to support and what support wrote, internal notes too: whoever works for us is masked in them. */
export async function* conversationsOf(world: World, question: OwnQuestion, mask: OwnMask): AsyncGenerator<object> {
  for await (const { ticket } of ticketsOf(world, question)) {
    const messages: object[] = [];
    const said = world.records.collection<Message>('messages');
    for (const message of await said.find({ ticket: ticket._id }, { sort: { at: 1, _id: 1 } })) {
      messages.push(messageOf(message, question, mask));
    }
    const { number, kind, status, channel, receivedAt, closedAt } = ticket;
    const subjectLine = mask.text('subjectLine', ticket.subjectLine);
    yield { number, kind, status, channel, subjectLine, receivedAt, closedAt, messages };
  }
}

/** Letters that went to the person's own addresses, as they were sent, but for those to somebody who had one of them before. */
export async function* lettersOf(world: World, { subject, own }: OwnQuestion, mask: OwnMask): AsyncGenerator<object> {
  const tickets = world.records.collection<Ticket>('tickets');
  for await (const letter of recordsWhere<OutboxLetter>(world, 'outbox', { to: { in: [...own] } })) {
    const ticket = letter.ticket === undefined ? undefined : await tickets.get(letter.ticket);
    if (ticket && (await isOfAnother(world, ticket, subject))) continue;
    const { to, subjectLine, text, state, queuedAt, sentAt } = letter;
    yield { to, subjectLine, text: mask.text('text', text), state, queuedAt, sentAt };
  }
}

/** Where a walk through somebody's tickets stands: on which of the two ways to them, and behind which ticket. */
export interface TicketPlace {
  readonly way: number;
  readonly after: string;
}

/**
 * Tickets of the person, whichever of their addresses they wrote from, each with the place that is before it. What others
 * reported is nobody's conversation but theirs, and so is what was said with somebody else who had the address before.
 */
export async function* ticketsOf(
  world: World,
  { subject, own }: OwnQuestion,
  from: TicketPlace = { way: 0, after: '' },
): AsyncGenerator<{ readonly ticket: Ticket; readonly place: TicketPlace }> {
  for (const [way, where] of [{ 'from.address': { in: [...own] } }, { subject }].entries()) {
    if (way < from.way) continue;
    let after = way === from.way ? from.after : '';
    for await (const ticket of recordsWhere<Ticket>(world, 'tickets', where, after)) {
      const place = { way, after };
      after = ticket._id;
      const wasOnFirstWay = way > 0 && own.has(ticket.from.address);
      const isFromThem = own.has(ticket.from.address.toLowerCase());
      if (wasOnFirstWay || (await (isFromThem ? isOfAnother(world, ticket, subject) : isReport(world, ticket))))
        continue;
      yield { ticket, place };
    }
  }
}

/** It is known to be about somebody else, and is no report on them: those are their writer's. */
async function isOfAnother(world: World, ticket: Ticket, subject: string): Promise<boolean> {
  return ticket.subject !== undefined && ticket.subject !== subject && !(await isReport(world, ticket));
}

async function isReport({ records, service }: World, { _id, priority }: Ticket): Promise<boolean> {
  if (priority !== undefined) return true;
  const reports = { service, ticket: _id, report: { exists: true } };
  return (await records.collection<StoredRequest>('requests').count(reports)) > 0;
}

function messageOf(message: Message, { own }: OwnQuestion, mask: OwnMask): object {
  const { direction, at, from, text, attachments } = message;
  const isTheirs = direction === 'in' && (own.has(from.toLowerCase()) || isBySignedInPerson(message));
  const who = isTheirs ? from : direction === 'in' ? mask.whole('from', 'others') : mask.whole('from', 'staff');
  const said = { in: 'to us', out: 'from us', note: 'internal note' }[direction];
  const files = attachments.map(({ name, type, size }) => ({ name: mask.text('attachments.name', name), type, size }));
  return { at, said, from: who, text: mask.text('text', text), attachments: files };
}

function refusalOf({ article, reason }: { article: string; reason: string }, mask: OwnMask): object {
  return { article, reason: mask.text('refusal.reason', reason) };
}
