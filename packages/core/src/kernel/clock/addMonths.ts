import type { Temporal } from './temporal.ts';

/**
 * The same day number so many months on, or the last day of that month where the number does not exist
 * (Regulation (EEC, Euratom) 1182/71, Article 3(2)(c)). The day of receipt does not count towards the period, yet it is the
 * day that names the end (C-171/03 Toeters): 31 January and one month is 28 February.
 */
export function addMonths(date: Temporal.PlainDate, months: number): Temporal.PlainDate {
  return date.add({ months }, { overflow: 'constrain' });
}
