import { DeadlineError } from './deadlineError.ts';
import type { Temporal } from './temporal.ts';

/** Public holidays of one country or state: where a country has both, the national ones only. */
export interface Calendar {
  readonly id: string;
  readonly years: { readonly from: number; readonly to: number };
  /** Dates as YYYY-MM-DD. */
  readonly holidays: ReadonlySet<string>;
  /** Those that are a day off under every reading of the law; none where nobody says which. */
  readonly undisputed: ReadonlySet<string>;
}

/** How a calendar lies in its file: per year, the days as MM-DD with spaces between. */
export interface CalendarFile {
  readonly id: string;
  readonly years: Readonly<Record<string, string>>;
  /** The days of `years` that nobody disputes, for laws that do not say what a business day is. */
  readonly undisputed?: Readonly<Record<string, string>>;
}

/** Reads the parsed JSON of a calendar file. Throws CALENDAR_INVALID. */
export function compileCalendar(data: unknown): Calendar {
  const file = data as Partial<CalendarFile> | null;
  const id = file?.id;
  const years = file?.years;
  if (typeof id !== 'string' || typeof years !== 'object' || years === null) throw invalid('calendar');

  const numbers = Object.keys(years).map(Number);
  const from = Math.min(...numbers);
  const to = Math.max(...numbers);
  if (numbers.length === 0 || to - from + 1 !== numbers.length) throw invalid(`calendar ${id}`);

  const holidays = daysOf(years, `calendar ${id}`);
  const undisputed = daysOf(file?.undisputed ?? {}, `calendar ${id}, undisputed`);
  const stray = [...undisputed].find((day) => !holidays.has(day));
  if (stray !== undefined) throw invalid(`calendar ${id}, undisputed ${stray}`);
  return { id, years: { from, to }, holidays, undisputed };
}

function daysOf(years: Readonly<Record<string, string>>, place: string): Set<string> {
  const found = new Set<string>();
  for (const [year, days] of Object.entries(years)) {
    for (const day of String(days).split(' ').filter(Boolean)) {
      if (!/^\d{2}-\d{2}$/.test(day)) throw invalid(`${place}, ${year}`);
      found.add(`${year}-${day}`);
    }
  }
  return found;
}

/** Whether the date is a public holiday. Throws CALENDAR_ENDED for a year that the calendar does not know. */
export function isHoliday(date: Temporal.PlainDate, calendar: Calendar): boolean {
  if (date.year < calendar.years.from || date.year > calendar.years.to) {
    throw new DeadlineError(
      'CALENDAR_ENDED',
      `The calendar ${calendar.id} does not know the holidays of ${date.year}`,
      {
        place: `calendar ${calendar.id}, ${calendar.years.from} to ${calendar.years.to}`,
        remedy: 'Extract the missing years with scripts/calendars.mjs.',
      },
    );
  }
  return calendar.holidays.has(date.toString());
}

function invalid(place: string): DeadlineError {
  return new DeadlineError('CALENDAR_INVALID', 'The calendar file has another shape than expected', {
    place,
    remedy: 'Write it with scripts/calendars.mjs: an id, and the days of each year without a gap between the years.',
  });
}
