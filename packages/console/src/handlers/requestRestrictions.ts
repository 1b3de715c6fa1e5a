import { z } from 'zod';
import { KeptError, RESTRICTION_GROUNDS, type StoredHold } from '../kept.ts';
import type { Outcome, RequestVisit } from '../visit.ts';
import { back } from './back.ts';
import { readForm } from './readForm.ts';

const named = z.object({ ground: z.enum(RESTRICTION_GROUNDS, 'is not chosen') });
const told = z.object({
  told: z
    .string()
    .trim()
    .max(500, 'is longer than 500 characters')
    .transform((text) => text || undefined)
    .optional(),
});

export async function nameRestriction(visit: RequestVisit): Promise<Outcome> {
  const { kept, request, staff, form } = visit;
  const { ground } = readForm(named, form);
  await kept.restrictions.name((await restrictionOf(visit))._id, ground, staff._id);
  return back(request._id, 'restriction-named');
}

/** The person is told first; only then does it end. */
export async function liftRestriction(visit: RequestVisit): Promise<Outcome> {
  const { kept, request, staff, form } = visit;
  const how = readForm(told, form).told;
  await kept.restrictions.lift((await restrictionOf(visit))._id, staff._id, ...(how === undefined ? [] : [how]));
  return back(request._id, 'restriction-ending');
}

/** Restrictions of other people are not to be reached through this request. */
export async function restrictionOf({ kept, request, params, here }: RequestVisit): Promise<StoredHold> {
  const all = 'subject' in request && !request.test ? await kept.restrictions.history(request.subject) : [];
  const found = all.find(({ _id }) => _id === params.hold);
  if (found) return found;
  throw new KeptError('RESTRICTION_NOT_FOUND', 'There is no such restriction of this person', {
    place: here,
    remedy: 'Open the request again.',
  });
}
