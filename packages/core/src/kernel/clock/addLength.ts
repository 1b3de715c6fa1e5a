import { addMonths } from './addMonths.ts';
import type { Calendar } from './calendar.ts';
import type { Length, RollOn } from './regime.ts';
import { restsOn } from './rollForward.ts';
import type { Temporal } from './temporal.ts';

/** The last day of a period that begins on `from`; that day itself is not counted. Throws CALENDAR_ENDED. */
export function addLength(
  from: Temporal.PlainDate,
  length: Length,
  rest: readonly RollOn[],
  calendar: Calendar,
): Temporal.PlainDate {
  if ('months' in length) return addMonths(from, length.months);
  if ('days' in length) return from.add({ days: length.days });
  let day = from;
  for (let left = length.businessDays; left > 0; ) {
    day = day.add({ days: 1 });
    if (!restsOn(day, rest, calendar)) left -= 1;
  }
  return day;
}
