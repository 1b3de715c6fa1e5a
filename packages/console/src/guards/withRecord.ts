import type { Actions, Kind } from '../abilities.ts';
import { KeptError } from '../kept.ts';
import type { StaffVisit } from '../visit.ts';

/**
 * Asks about exactly this record. Throws `<KIND>_NOT_FOUND` where it is absent or not to be seen (that it exists is
 * personal data too), and ACTION_REFUSED with the reason where it may be seen but this may not be done.
 */
export function permitted<K extends Kind, R extends object>(
  visit: StaffVisit,
  action: Actions[K],
  kind: K,
  record: R | undefined,
  seen: boolean = record !== undefined && visit.can('read' as Actions[K], kind, record),
): R {
  if (record === undefined || !seen) {
    throw new KeptError(`${kind.toUpperCase()}_NOT_FOUND`, `There is no such ${kind.toLowerCase()} here`, {
      place: visit.here,
      remedy: 'Go back to the queue and look for it there.',
    });
  }
  if (!visit.can(action, kind, record)) {
    throw new KeptError('ACTION_REFUSED', visit.can.why(action, kind, record), {
      place: visit.here,
      remedy: 'Ask a colleague who may.',
    });
  }
  return record;
}
