import { z } from 'zod';
import { openDesk } from '../presenters/desk.ts';
import { presentTicket } from '../presenters/ticket.ts';
import type { Outcome, TicketVisit } from '../visit.ts';
import { requestsOf } from './queue.ts';
import { readForm, typed } from './readForm.ts';

const words = z.object({ text: typed });

/** The conversation of a ticket, and the rights requests that came up in it. */
export async function showTicket(visit: TicketVisit): Promise<Outcome> {
  const { kept, ticket, can } = visit;
  const [conversation, requests, desk] = await Promise.all([
    kept.tickets.conversation(ticket._id),
    requestsOf(kept, [ticket]),
    openDesk(visit),
  ]);
  const seen = [...requests.values()].filter((request) => can('read', 'Request', request));

  const model = presentTicket(ticket, conversation, seen, can, desk);
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
