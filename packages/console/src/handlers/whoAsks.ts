import { MANDATE_KINDS } from '@kept/core';
import { z } from 'zod';
import type { Handler, Outcome, RequestVisit } from '../visit.ts';
import { back } from './back.ts';
import { readForm, typed } from './readForm.ts';
import { requestForm } from './requestForm.ts';

const meant = z.object({ subject: typed.max(512, 'is longer than 512 characters') });
const located = z.object({ residence: typed.max(6, 'is no code of a country or state') });
const mandate = z.object({
  kind: z.enum(MANDATE_KINDS, 'is not chosen'),
  until: z
    .union([z.literal(''), z.iso.date('is no date')])
    .transform((day) => day || undefined)
    .optional(),
  copy: z.literal('yes').optional(),
});

export const challengeAgain: Handler<RequestVisit> = requestForm(z.object({}), 'link-sent', (requests, id, by) =>
  requests.challengeAgain(id, by),
);

export const locatePerson: Handler<RequestVisit> = requestForm(
  located,
  'person-located',
  (requests, id, by, { residence }) => requests.livesIn(id, by, residence),
);

/** Whose account is meant: of a report two people decide then, of all else the person is asked first. */
export async function concernsAccount({ kept, request, staff, form }: RequestVisit): Promise<Outcome> {
  const { subject } = readForm(meant, form);
  if (request.report === 'child') {
    await kept.children.concerns(request._id, staff._id, subject);
    return back(request._id, 'account-found');
  }
  await kept.requests.concerns(request._id, staff._id, subject);
  return back(request._id, 'account-asked');
}

/** A document that shows that somebody may act for the person was seen. */
export const seeMandate: Handler<RequestVisit> = requestForm(
  mandate,
  'mandate-seen',
  (requests, id, by, { kind, until, copy }) =>
    requests.mandateSeen(id, by, { kind, copy: copy === 'yes', ...(until && { until }) }),
);
