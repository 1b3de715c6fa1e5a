import { DeadlineError } from './deadlineError.ts';
import { Temporal } from './temporal.ts';

/** What the pack promises about answers. Inquiries that are no rights request run on this clock too. */
export interface Promises {
  /** ISO 8601 period in days, weeks or months, such as P30D. */
  readonly respondWithin?: string | undefined;
  /** The clause that promises it. */
  readonly clause?: string;
}

/** The last day of the promise, counted from the day after receipt; no extension, pause or holiday moves it. Throws PROMISE_INVALID. */
export function promiseDue(promises: Promises, received: Temporal.PlainDate): Temporal.PlainDate | null {
  if (promises.respondWithin === undefined) return null;
  try {
    const period = Temporal.Duration.from(promises.respondWithin);
    if (period.sign > 0 && /^P[^T]+$/i.test(promises.respondWithin)) return received.add(period);
  } catch {
    // Falls through to the one answer for every period that is none.
  }
  throw new DeadlineError('PROMISE_INVALID', 'The promised period is no period of days, weeks or months', {
    place: promises.clause ?? 'respondWithin',
    remedy: 'Write it as an ISO 8601 period, such as P30D.',
  });
}
