import { Temporal } from '../clock/temporal.ts';

/** Which way a calendar day is counted: a ceiling ends as the last day begins, a floor as it ends. */
export type Bound = 'ceiling' | 'floor';

/**
 * The end of a period. Days and hours are exact (30 days are 30 times 24 hours), so that a ceiling holds at every
 * instant; months and years are counted by the calendar in the zone, in whole days.
 */
export function endOf(anchor: Date, period: string, fromEndOf: 'year' | undefined, bound: Bound, zone: string): Date {
  if (fromEndOf === 'year') return fromYear(localDay(anchor, zone).year, period, zone);
  if (isExact(period)) return new Date(anchor.getTime() + exactMs(period));
  return fromDay(localDay(anchor, zone), period, bound, zone);
}

/** The end of a period that starts when a calendar year ends (§147(4) AO and its like). */
export function fromYear(year: number, period: string, zone: string): Date {
  return startOf(Temporal.PlainDate.from({ year: year + 1, month: 1, day: 1 }).add(datePart(period)), zone);
}

export function fromDay(day: Temporal.PlainDate, period: string, bound: Bound, zone: string): Date {
  const last = day.add(datePart(period));
  return startOf(bound === 'floor' ? last.add({ days: 1 }) : last, zone);
}

export function isExact(period: string): boolean {
  const { years, months } = Temporal.Duration.from(period);
  return years === 0 && months === 0;
}

export function exactMs(period: string): number {
  return Temporal.Duration.from(period).total({
    unit: 'milliseconds',
    relativeTo: Temporal.PlainDate.from('2000-01-01'),
  });
}

export function localDay(instant: Date, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainDate();
}

export function startOf(day: Temporal.PlainDate, zone: string): Date {
  return new Date(day.toZonedDateTime(zone).epochMilliseconds);
}

/** Hours in a period that is counted by days are rounded up to a day. */
function datePart(period: string): Temporal.Duration {
  const { years, months, weeks, days, hours, minutes } = Temporal.Duration.from(period);
  return Temporal.Duration.from({ years, months, weeks, days: days + (hours + minutes > 0 ? 1 : 0) });
}
