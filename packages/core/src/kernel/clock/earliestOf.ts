import { addLength } from './addLength.ts';
import type { Calendar } from './calendar.ts';
import type { Length, Regime, Term } from './regime.ts';
import { cite } from './sourced.ts';
import { Temporal } from './temporal.ts';

interface Readings {
  readonly regime: Regime;
  readonly term: Term;
  /** The first window, or that of an extension. */
  readonly length: Length;
  readonly received: Temporal.PlainDate;
  /** The day of receipt in UTC. */
  readonly utc: Temporal.PlainDate;
  readonly due: Temporal.PlainDate;
  readonly calendar: Calendar;
  windowFrom(received: Temporal.PlainDate, length: Length): Temporal.PlainDate;
}

/** The strictest reading of a window, and the rule that makes it. Throws CALENDAR_ENDED. */
export function earliestOf(readings: Readings): { readonly date: Temporal.PlainDate; readonly rules: string[] } {
  const { regime, term } = readings;
  const rule = term.earliest ?? regime.earliest;
  if (rule.reading === 'same') return { date: readings.due, rules: [] };
  return { date: dateOf(readings, rule), rules: [cite(`${regime.id}.earliest ${rule.reading}`, rule)] };
}

/** Under a law that is read unrolled, the day of receipt is the earlier of the local and the UTC date. */
function dateOf(readings: Readings, rule: Exclude<Regime['earliest'], { reading: 'same' }>): Temporal.PlainDate {
  const { regime, length, received, utc, calendar, windowFrom } = readings;
  const counted = regime.earliest.reading === 'unrolled' ? earlier(utc, received) : received;
  if (rule.reading === 'undisputed') {
    return addLength(counted, length, rule.rest, { ...calendar, holidays: calendar.undisputed });
  }
  const end = windowFrom(counted, length);
  return rule.reading === 'day-before' ? end.subtract({ days: 1 }) : end;
}

function earlier(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) < 0 ? a : b;
}
