import type { Can } from '../abilities.ts';
import { isLeftToStaff, type StoredRequest } from '../kept.ts';
import { due, type NextMove } from './move.ts';
import { outcomeOf } from './outcome.ts';

type EndedInPart = Extract<StoredRequest, { status: 'partly-fulfilled' }>;

/** What is missing and why, and what can be done about it where that is for a colleague. */
export function endedInPart(request: EndedInPart, can: Can): NextMove {
  const points = request.missing;
  if (!isLeftToStaff(request)) return { ...due('Done in part', outcomeOf(request)), points };
  const text =
    'All that could go by itself is gone. What is listed here still names them, such as words that somebody else wrote: end it there by hand, then look again.';
  const form = can('lookAgain', 'Request', request) ? 'move-leftovers' : undefined;
  return { ...due('Still named elsewhere', text, form), points };
}
