import { DeadlineError } from './deadlineError.ts';
import { Temporal } from './temporal.ts';

const HOURS = 72;

/**
 * When a breach must have been told to the authority: 72 hours after becoming aware of it (GDPR Article 33(1)). A period
 * in hours passes weekends, holidays and the change of the clocks alike. Throws RECEIVED_INVALID.
 */
export function breachDue(awareAt: Date): Date {
  const at = awareAt.getTime();
  if (!Number.isNaN(at)) {
    return new Date(Temporal.Instant.fromEpochMilliseconds(at).add({ hours: HOURS }).epochMilliseconds);
  }
  throw new DeadlineError('RECEIVED_INVALID', 'The time of becoming aware is not a time', {
    place: 'aware',
    remedy: 'Give the instant, such as 2026-03-28T10:00+01:00.',
  });
}
