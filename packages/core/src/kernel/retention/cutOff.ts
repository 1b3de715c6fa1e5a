import { Temporal } from '../clock/temporal.ts';
import { type Bound, exactMs, fromDay, fromYear, isExact, localDay, startOf } from './endOf.ts';

/** Anchors before (or, inclusive, at) this instant have reached their end. */
export interface CutOff {
  readonly at: Date;
  readonly inclusive: boolean;
}

/** Turns a period round: which anchors have their end at or before `now`. The exact inverse of `endOf`. */
export function cutOff(period: string, fromEndOf: 'year' | undefined, bound: Bound, zone: string, now: Date): CutOff {
  if (fromEndOf === 'year')
    return { at: startOf(firstDay(lastYearOver(period, zone, now) + 1), zone), inclusive: false };
  if (isExact(period)) return { at: new Date(now.getTime() - exactMs(period)), inclusive: true };
  return { at: startOf(lastDayOver(period, bound, zone, now).add({ days: 1 }), zone), inclusive: false };
}

function firstDay(year: number): Temporal.PlainDate {
  return Temporal.PlainDate.from({ year, month: 1, day: 1 });
}

function lastYearOver(period: string, zone: string, now: Date): number {
  let year = localDay(now, zone).subtract(Temporal.Duration.from(period)).year + 1;
  while (fromYear(year, period, zone) > now) year -= 1;
  return year;
}

/** Months differ in length, so the way back is guessed a little late and then walked day by day. */
function lastDayOver(period: string, bound: Bound, zone: string, now: Date): Temporal.PlainDate {
  let day = localDay(now, zone).subtract(Temporal.Duration.from(period)).add({ days: 4 });
  while (fromDay(day, period, bound, zone) > now) day = day.subtract({ days: 1 });
  return day;
}

/** The one of several that takes in the most anchors. */
export function widest(cuts: readonly CutOff[]): CutOff | undefined {
  return cuts.reduce<CutOff | undefined>((a, b) => {
    if (a === undefined || b.at > a.at) return b;
    return b.at < a.at || a.inclusive ? a : b;
  }, undefined);
}
