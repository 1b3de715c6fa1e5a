import { z } from 'zod';
import { groundsFor } from '../kept.ts';
import type { Handler, Outcome, RequestVisit } from '../visit.ts';
import { back } from './back.ts';
import { orTyped } from './orTyped.ts';
import { readForm, typed } from './readForm.ts';
import { requestForm } from './requestForm.ts';
import { requestPage } from './requestPage.ts';

const day = z
  .union([z.literal(''), z.iso.date('is no date')])
  .transform((date) => date || undefined)
  .optional();
/** The hash of the preview that was looked at: the engine refuses where it has changed since. */
const previewed = z.object({ hash: typed });
const approved = previewed.extend({ sure: z.literal('yes', 'is not ticked') });
const extended = z.object({ reason: typed, until: day });
const refused = z.object({ reason: typed, ends: day });
const onGround = refused.extend({ ground: typed.max(100, 'is not chosen') });
const onArticle = refused.extend({ article: typed.max(200, 'is longer than 200 characters') });
const answered = z.object({ text: typed });
const takenBack = z.object({ said: z.literal('yes', 'is not ticked') });

/** A rights request on its road: steps, clock, what was found and what is to be done now. */
export async function showRequest(visit: RequestVisit): Promise<Outcome> {
  return requestPage(visit);
}

export const makePreview: Handler<RequestVisit> = requestForm(z.object({}), 'preview-made', (requests, id, by) =>
  requests.preview(id, by),
);

export const proposePreview: Handler<RequestVisit> = requestForm(
  previewed,
  'preview-proposed',
  (requests, id, by, { hash }) => requests.propose(id, by, hash),
);

export const approvePreview: Handler<RequestVisit> = requestForm(
  approved,
  'preview-approved',
  (requests, id, by, { hash }) => requests.approve(id, by, hash),
);

export const extendRequest: Handler<RequestVisit> = requestForm(
  extended,
  'request-extended',
  (requests, id, by, { reason, until }) => requests.extend(id, by, reason, ...(until ? [until] : [])),
);

/** On a ground of the law of the person; an article can be typed only where nobody listed that law's grounds. */
export async function refuseRequest(visit: RequestVisit): Promise<Outcome> {
  const { kept, request, staff, form } = visit;
  const isListed = groundsFor(await kept.requests.law(request), request.right).length > 0;
  const { ends, ...refusal } = isListed ? readForm(onGround, form) : readForm(onArticle, form);
  // What nobody may refuse, such as an end of marketing, is said on the page.
  return orTyped(visit, async () => {
    await kept.requests.refuse(request._id, staff._id, { ...refusal, ...(ends && { until: ends }) });
    return back(request._id, 'request-refused');
  });
}

/** On the word of the person, which somebody heard. */
export const withdrawRequest: Handler<RequestVisit> = requestForm(takenBack, 'request-withdrawn', (requests, id, by) =>
  requests.withdraw(id, by),
);

export const answerRequest: Handler<RequestVisit> = requestForm(
  answered,
  'request-answered',
  (requests, id, by, { text }) => requests.answer(id, by, text),
);
