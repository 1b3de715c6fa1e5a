import type { Kept, RightDecision, StoredHold, StoredRequest } from '../kept.ts';
import { openDesk } from '../presenters/desk.ts';
import { maskedRequest, maskedTicket } from '../presenters/masked.ts';
import { presentRequest } from '../presenters/request.ts';
import type { Outcome, RequestVisit } from '../visit.ts';
import { requestsOf } from './queue.ts';

/** What a form of the page came to, where it was not carried out. */
export interface Tried {
  /** What was typed, so that it is not lost. */
  readonly typed?: Readonly<Record<string, string>>;
  /** Why it was refused. */
  readonly fault?: { readonly status: number; readonly text: string };
  /** What the decision would come to. */
  readonly weighed?: RightDecision;
}

/** The page of a rights request; masked for whoever does not work on it. */
export async function requestPage(visit: RequestVisit, tried: Tried = {}): Promise<Outcome> {
  const { kept, request, can } = visit;
  const [ticket, evidence, receipt, desk, rest] = await Promise.all([
    kept.tickets.get(request.ticket),
    kept.evidence.entries({ kind: 'requests', id: request._id }),
    kept.requests.receipt(request._id, request.round ?? 1),
    openDesk(visit),
    around(kept, request),
  ]);

  const others = ticket ? [...(await requestsOf(kept, [ticket])).values()] : [];
  const seen = ticket === undefined || can('see', 'Ticket', ticket);
  const known = seen ? { request, ticket } : { request: maskedRequest(request), ticket: maskedTicket(ticket) };
  const beside = { ...rest, ...tried, others, ticket: known.ticket, evidence, receipt: receipt !== undefined, seen };
  const model = presentRequest(known.request, beside, can, desk);
  const title = `${model.right} ${model.ticket?.number ?? ''}`.trim();
  return { view: 'request', title, model, ...(tried.fault && { status: tried.fault.status }) };
}

/** What else there is about it: its clocks and law, its package, who is told, what stands for the person meanwhile. */
async function around(kept: Kept, request: StoredRequest) {
  const { _id: id, contests } = request;
  const [clock, acknowledge, law, stoppable, copy, pack, notices, restrictions, contested] = await Promise.all([
    kept.requests.clock(request),
    kept.requests.clock(request, 'acknowledge'),
    kept.requests.law(request),
    kept.requests.stoppableUntil(request),
    request.status === 'approved' ? kept.requests.copyBefore(request) : undefined,
    kept.packages.ofRequest(id),
    kept.notifications.list({ request: id }),
    restrictionsOf(kept, request),
    contests === undefined ? undefined : kept.requests.get(contests),
  ]);
  return { clock, acknowledge, law, stoppable, copy, pack, notices, restrictions, contested };
}

/** Those in force for the person; where a restriction was asked for, those that have ended with a receipt too. */
async function restrictionsOf(kept: Kept, request: StoredRequest): Promise<readonly StoredHold[]> {
  // A test shows what would happen; what stands for the person is not for it to lift.
  if (request.test || !('subject' in request)) return [];
  const all = await kept.restrictions.history(request.subject);
  return all.filter(({ until, signed }) => until === undefined || (signed && request.right === 'restriction'));
}
