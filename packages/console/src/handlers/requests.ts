import { z } from 'zod';
import { groundsFor } from '../kept.ts';
import type { Outcome, RequestVisit } from '../visit.ts';
import { back } from './back.ts';
import { readForm, typed } from './readForm.ts';
import { requestPage } from './requestPage.ts';

const day = z
  .union([z.literal(''), z.iso.date('is no date')])
  .transform((date) => date || undefined)
  .optional();
const decided = z.object({ hash: typed });
const approved = decided.extend({ sure: z.literal('yes', 'is not ticked') });
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

/** On a ground of the law of the person; an article can be typed only where nobody listed that law's grounds. */
export async function refuseRequest({ kept, request, staff, form }: RequestVisit): Promise<Outcome> {
  const isListed = groundsFor(await kept.requests.law(request), request.right).length > 0;
  const { ends, ...refusal } = isListed ? readForm(onGround, form) : readForm(onArticle, form);
  await kept.requests.refuse(request._id, staff._id, { ...refusal, ...(ends && { until: ends }) });
  return back(request._id, 'request-refused');
}

/** On the word of the person, which somebody heard. */
export async function withdrawRequest({ kept, request, staff, form }: RequestVisit): Promise<Outcome> {
  readForm(takenBack, form);
  await kept.requests.withdraw(request._id, staff._id);
  return back(request._id, 'request-withdrawn');
}

export async function answerRequest({ kept, request, staff, form }: RequestVisit): Promise<Outcome> {
  const { text } = readForm(answered, form);
  await kept.requests.answer(request._id, staff._id, text);
  return back(request._id, 'request-answered');
}
