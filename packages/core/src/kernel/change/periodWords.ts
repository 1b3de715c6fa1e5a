import { Temporal } from '../clock/temporal.ts';
import { isExact } from '../retention/endOf.ts';

/** Days from which periods are counted to compare them: ends of long and short months, leap days, ends of years. */
const STARTS = ['2023-01-31', '2023-12-31', '2024-01-31', '2024-02-29', '2025-03-15', '2025-11-30', '2026-08-31'];

/** Periods in days count from the minute, those in months and years from the day. */
const HOURS = ['00:00', '23:59'];

/** A period that may count from the end of the year in which it begins. Absent: without end. */
export interface Span {
  readonly period: string;
  readonly fromEndOf?: 'year' | undefined;
}

/** Whether the second span ever ends later than the first, else whether it ever ends earlier. */
export function comparedSpans(before: Span | undefined, after: Span | undefined): 'longer' | 'shorter' | 'same' {
  if (before === undefined || after === undefined) {
    if (before === after) return 'same';
    return after === undefined ? 'longer' : 'shorter';
  }
  const starts = STARTS.flatMap((day) => HOURS.map((hour) => Temporal.PlainDateTime.from(`${day}T${hour}`)));
  const signs = starts.map((start) => Temporal.PlainDateTime.compare(endOf(after, start), endOf(before, start)));
  if (signs.some((sign) => sign > 0)) return 'longer';
  return signs.some((sign) => sign < 0) ? 'shorter' : 'same';
}

/** Such as `1 year and 6 months`, or `8 years from the end of the year`. */
export function spanWords({ period, fromEndOf }: Span): string {
  const { years, months, weeks, days, hours, minutes } = Temporal.Duration.from(period);
  const parts = Object.entries({ year: years, month: months, week: weeks, day: days, hour: hours, minute: minutes })
    .filter(([, count]) => count > 0)
    .map(([unit, count]) => `${count} ${unit}${count === 1 ? '' : 's'}`);
  const last = parts.pop() ?? '0 days';
  const text = parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
  return fromEndOf === undefined ? text : `${text} from the end of the ${fromEndOf}`;
}

function endOf({ period, fromEndOf }: Span, start: Temporal.PlainDateTime): Temporal.PlainDateTime {
  const length = Temporal.Duration.from(period);
  if (fromEndOf === undefined && isExact(period)) return start.add(length);
  const from = fromEndOf === undefined ? start : { year: start.year + 1, month: 1, day: 1 };
  return Temporal.PlainDate.from(from).toPlainDateTime().add(length);
}
