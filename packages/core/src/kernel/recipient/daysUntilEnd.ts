import { Temporal } from '../clock/temporal.ts';
import type { Recipient } from '../policy/policy.ts';
import { localDay } from '../retention/endOf.ts';

/** Whole days until the last day of an agreement in the controller's zone: 0 on that day, below it once the agreement is over. */
export function daysUntilEnd({ expires }: NonNullable<Recipient['agreement']>, zone: string, now: Date): number {
  return localDay(now, zone).until(Temporal.PlainDate.from(expires), { largestUnit: 'days' }).days;
}
