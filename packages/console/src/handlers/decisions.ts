import { z } from 'zod';
import { KeptError } from '../kept.ts';
import type { Outcome, RequestVisit } from '../visit.ts';
import { back } from './back.ts';
import { orTyped } from './orTyped.ts';
import { readDecision } from './readDecision.ts';
import { readForm, typed } from './readForm.ts';
import { requestPage } from './requestPage.ts';

const place = z.object({ collection: typed.max(200), record: typed.max(200) });
const look = place.extend({ purpose: typed.max(200), reason: typed.min(5, 'is too short').max(300) });

/** Shows what a decision would come to, and takes none. */
export async function weighDecision(visit: RequestVisit): Promise<Outcome> {
  const { kept, request, staff, form } = visit;
  await demandSeen(visit);
  return orTyped(visit, async () => {
    const weighed = await kept.requests.weigh(request._id, staff._id, readDecision(request, form));
    return requestPage(visit, { typed: form, weighed });
  });
}

export async function takeDecision(visit: RequestVisit): Promise<Outcome> {
  const { kept, request, staff, form } = visit;
  await demandSeen(visit);
  return orTyped(visit, async () => {
    await kept.requests.decide(request._id, staff._id, readDecision(request, form));
    return back(request._id, 'request-decided');
  });
}

/** Names a record that shows somebody: from then on it is withheld. */
export async function nameShown(visit: RequestVisit): Promise<Outcome> {
  const { kept, request, staff, form } = visit;
  return orTyped(visit, async () => {
    await kept.reports.shows(request._id, staff._id, readForm(place, form));
    return back(request._id, 'content-withheld');
  });
}

/** Asks whether this colleague may look at such a record, and writes down that they did. */
export async function lookAtShown(visit: RequestVisit): Promise<Outcome> {
  const { kept, request, staff, form, here } = visit;
  const { collection, record, purpose, reason } = readForm(look, form);
  const shown = request.shownIn?.find((each) => each.collection === collection && each.record === record);
  if (!shown)
    throw new KeptError('CONTENT_NOT_FOUND', 'This report names no such record', {
      place: here,
      remedy: 'Open it again.',
    });
  const asked = { by: staff._id, subject: shown.owner, collection, record, purpose, reason };
  const { decision } = await kept.views.open(asked);
  return back(request._id, decision.outcome === 'permitted' ? 'look-noted' : 'look-refused');
}

/** Nobody weighs what is hidden from them. */
async function demandSeen({ kept, request, can, here }: RequestVisit): Promise<void> {
  const ticket = await kept.tickets.get(request.ticket);
  if (ticket === undefined || can('see', 'Ticket', ticket)) return;
  throw new KeptError('ACTION_REFUSED', 'A colleague works on this case', {
    place: here,
    remedy: 'Take the ticket over first, so that you see what the person wrote.',
  });
}
