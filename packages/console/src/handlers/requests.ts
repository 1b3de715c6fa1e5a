import { z } from 'zod';
import { openDesk } from '../presenters/desk.ts';
import type { FlashCode } from '../presenters/flash.ts';
import { maskedRequest, maskedTicket } from '../presenters/masked.ts';
import { presentRequest } from '../presenters/request.ts';
import type { Outcome, RequestVisit } from '../visit.ts';
import { readForm, typed } from './readForm.ts';

const decided = z.object({ hash: typed });
const approved = decided.extend({ sure: z.literal('yes', 'is not ticked') });
const extended = z.object({ reason: typed, until: z.iso.date('is no date').optional() });
const meant = z.object({ subject: typed.max(512, 'is longer than 512 characters') });
const located = z.object({ residence: typed.max(6, 'is no code of a country or state') });
const refused = z.object({ article: typed.max(200, 'is longer than 200 characters'), reason: typed });
const answered = z.object({ text: typed });

/** A rights request on its road: steps, clock, preview and what is to be done now. */
export async function showRequest(visit: RequestVisit): Promise<Outcome> {
  const { kept, request, can } = visit;
  const [ticket, evidence, receipt, desk] = await Promise.all([
    kept.tickets.get(request.ticket),
    kept.evidence.entries({ kind: 'requests', id: request._id }),
    kept.requests.receipt(request._id, request.round ?? 1),
    openDesk(visit),
  ]);
  const [clock, acknowledge, law] = await Promise.all([
    kept.requests.clock(request),
    kept.requests.clock(request, 'acknowledge'),
    kept.requests.law(request),
  ]);

  const seen = ticket === undefined || can('see', 'Ticket', ticket);
  const known = seen ? { request, ticket } : { request: maskedRequest(request), ticket: maskedTicket(ticket) };
  const beside = { clock, acknowledge, law, ticket: known.ticket, evidence, receipt: receipt !== undefined };
  const model = presentRequest(known.request, beside, can, desk);
  return { view: 'request', title: `${model.right} ${model.ticket?.number ?? ''}`.trim(), model };
}

export async function challengeAgain({ kept, request, staff }: RequestVisit): Promise<Outcome> {
  await kept.requests.challengeAgain(request._id, staff._id);
  return back(request._id, 'link-sent');
}

export async function makePreview({ kept, request, staff }: RequestVisit): Promise<Outcome> {
  await kept.requests.preview(request._id, staff._id);
  return back(request._id, 'preview-made');
}

/** The form carries the hash of the preview that was looked at: the engine refuses where it has changed since. */
export async function proposePreview({ kept, request, staff, form }: RequestVisit): Promise<Outcome> {
  const { hash } = readForm(decided, form);
  await kept.requests.propose(request._id, staff._id, hash);
  return back(request._id, 'preview-proposed');
}

export async function approvePreview({ kept, request, staff, form }: RequestVisit): Promise<Outcome> {
  const { hash } = readForm(approved, form);
  await kept.requests.approve(request._id, staff._id, hash);
  return back(request._id, 'preview-approved');
}

export async function extendRequest({ kept, request, staff, form }: RequestVisit): Promise<Outcome> {
  const { reason, until } = readForm(extended, form);
  await kept.requests.extend(request._id, staff._id, reason, ...(until ? [until] : []));
  return back(request._id, 'request-extended');
}

export async function locatePerson({ kept, request, staff, form }: RequestVisit): Promise<Outcome> {
  const { residence } = readForm(located, form);
  await kept.requests.livesIn(request._id, staff._id, residence);
  return back(request._id, 'person-located');
}

export async function concernsAccount({ kept, request, staff, form }: RequestVisit): Promise<Outcome> {
  const { subject } = readForm(meant, form);
  await kept.children.concerns(request._id, staff._id, subject);
  return back(request._id, 'account-found');
}

export async function refuseRequest({ kept, request, staff, form }: RequestVisit): Promise<Outcome> {
  const refusal = readForm(refused, form);
  await kept.requests.refuse(request._id, staff._id, refusal);
  return back(request._id, 'request-refused');
}

export async function answerRequest({ kept, request, staff, form }: RequestVisit): Promise<Outcome> {
  const { text } = readForm(answered, form);
  await kept.requests.answer(request._id, staff._id, text);
  return back(request._id, 'request-answered');
}

function back(id: string, flash: FlashCode): Outcome {
  return { redirect: `/requests/${id}`, flash };
}
