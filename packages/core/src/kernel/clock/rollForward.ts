import { type Calendar, isHoliday } from './calendar.ts';
import type { RollOn } from './regime.ts';
import type { Temporal } from './temporal.ts';

/**
 * The first day from `date` on that is none of the days on which a period may not end
 * (Regulation (EEC, Euratom) 1182/71, Article 3(4): Saturdays, Sundays, public holidays).
 * Throws CALENDAR_ENDED.
 */
export function rollForward(date: Temporal.PlainDate, on: readonly RollOn[], calendar: Calendar): Temporal.PlainDate {
  let day = date;
  while (restsOn(day, on, calendar)) day = day.add({ days: 1 });
  return day;
}

/** Whether nobody is expected to work on this day. Throws CALENDAR_ENDED. */
export function restsOn(date: Temporal.PlainDate, on: readonly RollOn[], calendar: Calendar): boolean {
  return (
    (on.includes('holiday') && isHoliday(date, calendar)) ||
    (on.includes('saturday') && date.dayOfWeek === 6) ||
    (on.includes('sunday') && date.dayOfWeek === 7)
  );
}
