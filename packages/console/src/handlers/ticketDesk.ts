import { z } from 'zod';
import { KeptError } from '../kept.ts';
import type { FlashCode } from '../presenters/flash.ts';
import type { Outcome, TicketVisit } from '../visit.ts';
import { rawMail } from './mails.ts';
import { readForm } from './readForm.ts';

const assignment = z.object({ to: z.enum(['me', 'nobody']) });

export async function assignTicket({ kept, ticket, staff, form }: TicketVisit): Promise<Outcome> {
  const { to } = readForm(assignment, form);
  await kept.tickets.assign(ticket._id, staff._id, to === 'me' ? staff._id : null);
  return back(ticket._id, to === 'me' ? 'ticket-assigned' : 'ticket-released');
}

export async function closeTicket({ kept, ticket, staff }: TicketVisit): Promise<Outcome> {
  await kept.tickets.close(ticket._id, staff._id);
  return back(ticket._id, 'ticket-closed');
}

export async function reopenTicket({ kept, ticket, staff }: TicketVisit): Promise<Outcome> {
  await kept.tickets.reopen(ticket._id, staff._id);
  return back(ticket._id, 'ticket-reopened');
}

/** Tries a letter of this ticket again; letters of other tickets are not to be reached through it. */
export async function retryLetter({ kept, ticket, staff, params, here }: TicketVisit): Promise<Outcome> {
  const letters = await kept.outbox.list({ ticket: ticket._id });
  const letter = letters.find(({ _id }) => _id === params.letter);
  if (!letter) throw absent('LETTER_NOT_FOUND', 'letter', here);

  await kept.outbox.retry(letter._id, staff._id);
  return back(ticket._id, 'letter-retried');
}

/** The bytes of a mail of this ticket, for a reason that stays in the conversation. */
export async function downloadTicketMail(visit: TicketVisit): Promise<Outcome> {
  const { kept, ticket, params, here } = visit;
  const conversation = await kept.tickets.conversation(ticket._id);
  const message = conversation.find(({ mail }) => mail !== undefined && mail === params.mail);
  if (!message?.mail) throw absent('MAIL_NOT_FOUND', 'mail', here);

  return rawMail(visit, message.mail, ticket._id);
}

function back(ticket: string, flash: FlashCode): Outcome {
  return { redirect: `/tickets/${ticket}`, flash };
}

function absent(code: string, what: string, place: string): KeptError {
  return new KeptError(code, `There is no such ${what} in this ticket`, { place, remedy: 'Open the ticket again.' });
}
