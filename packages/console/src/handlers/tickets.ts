import { z } from 'zod';
import { openDesk } from '../presenters/desk.ts';
import { maskedTicket } from '../presenters/masked.ts';
import { presentTicket } from '../presenters/ticket.ts';
import type { Outcome, TicketVisit } from '../visit.ts';
import { requestsOf } from './queue.ts';
import { readForm, typed } from './readForm.ts';

const words = z.object({ text: typed });
const why = z.object({ reason: typed });

/** The conversation of a ticket, and the rights requests that came up in it; masked for whoever does not work on it. */
export async function showTicket(visit: TicketVisit): Promise<Outcome> {
  return ticketPage(visit, visit.can('see', 'Ticket', visit.ticket));
}

/** The same unmasked, once, for a reason that is written down before. */
export async function showForReason(visit: TicketVisit): Promise<Outcome> {
  const { kept, ticket, staff, form } = visit;
  await kept.tickets.show(ticket._id, staff._id, readForm(why, form).reason);
  return ticketPage(visit, true);
}

async function ticketPage(visit: TicketVisit, seen: boolean): Promise<Outcome> {
  const { kept, can } = visit;
  const ticket = seen ? visit.ticket : maskedTicket(visit.ticket);
  const [conversation, requests, desk] = await Promise.all([
    seen ? kept.tickets.conversation(ticket._id) : [],
    requestsOf(kept, [ticket]),
    openDesk(visit),
  ]);
  const cases = [...requests.values()].filter((request) => can('read', 'Request', request));

  const model = presentTicket(ticket, conversation, cases, can, desk, seen);
  return { view: 'ticket', title: `${model.number} ${model.title}`, model };
}

export async function replyToTicket({ kept, ticket, staff, form }: TicketVisit): Promise<Outcome> {
  const { text } = readForm(words, form);
  await kept.tickets.reply(ticket._id, staff._id, text);
  return { redirect: `/tickets/${ticket._id}`, flash: 'reply-queued' };
}

export async function addNote({ kept, ticket, staff, form }: TicketVisit): Promise<Outcome> {
  const { text } = readForm(words, form);
  await kept.tickets.note(ticket._id, staff._id, text);
  return { redirect: `/tickets/${ticket._id}`, flash: 'note-added' };
}
