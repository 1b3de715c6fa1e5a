import { z } from 'zod';
import type { Handler, Outcome, RequestVisit } from '../visit.ts';
import { back } from './back.ts';
import { orTyped } from './orTyped.ts';
import { typed } from './readForm.ts';
import { requestForm } from './requestForm.ts';

const why = z.object({ reason: typed.max(2000, 'is longer than 2,000 characters') });

/** Somebody ended by hand what an erasure had found elsewhere; where something is still there, the page says where. */
export function lookAgain(visit: RequestVisit): Promise<Outcome> {
  const { kept, request, staff } = visit;
  return orTyped(visit, async () => {
    await kept.requests.lookAgain(request._id, staff._id);
    return back(request._id, 'looked-again');
  });
}

export const leaveAsItIs: Handler<RequestVisit> = requestForm(why, 'left-as-it-is', (requests, id, by, { reason }) =>
  requests.leaveAsItIs(id, by, reason),
);

/** An approved erasure goes without the copy that was asked for first. */
export const eraseWithoutCopy: Handler<RequestVisit> = requestForm(why, 'copy-waived', (requests, id, by, { reason }) =>
  requests.eraseWithoutCopy(id, by, reason),
);
