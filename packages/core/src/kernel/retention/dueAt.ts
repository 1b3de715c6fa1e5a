import { Temporal } from '../clock/temporal.ts';
import type { Keep, RetentionRule } from '../policy/policy.ts';

export type Anchors = Readonly<Record<string, Date | undefined>>;

/** Which way a calendar day is counted: a ceiling ends as the last day begins, a floor as it ends. */
export type Bound = 'ceiling' | 'floor';

/**
 * When the rule alone ends a record, without regard to holds: the latest of ceiling, floor and grace. Undefined where
 * the anchor is missing.
 */
export function dueAt(rule: RetentionRule, anchors: Anchors, zone: string): Date | undefined {
  if (anchors[rule.since] === undefined) return undefined;
  const ends = [ceilingEnd(rule, anchors, zone), floorEnd(rule, anchors, zone), graceEnd(rule, anchors, zone)];
  return ends.reduce((a, b) => (b !== undefined && (a === undefined || b > a) ? b : a));
}

/** When the promise ends that nothing is kept longer; undefined without ceiling or anchor. */
export function ceilingEnd({ keep, since }: RetentionRule, anchors: Anchors, zone: string): Date | undefined {
  return endFrom(anchors[since], keep.atMost, keep.fromEndOf, 'ceiling', zone);
}

/** When the floor ends, such as the eight years that tax law asks for; undefined without floor or anchor. */
export function floorEnd({ keep, since }: RetentionRule, anchors: Anchors, zone: string): Date | undefined {
  return endFrom(anchors[since], keep.atLeast, keep.fromEndOf, 'floor', zone);
}

/** When the time ends that a person has after undoing what lifted the rule. */
export function graceEnd({ grace }: RetentionRule, anchors: Anchors, zone: string): Date | undefined {
  return grace === undefined ? undefined : endFrom(anchors[grace.since], grace.keep, undefined, 'floor', zone);
}

/** The end that decides where there is no grace: that of the ceiling, or of the floor where no ceiling is set. */
export function limitOf(keep: Keep): { end: (anchor: Date, zone: string) => Date } {
  const bound: Bound = keep.atMost === undefined ? 'floor' : 'ceiling';
  return { end: (anchor, zone) => endOf(anchor, keep.atMost ?? keep.atLeast ?? 'P0D', keep.fromEndOf, bound, zone) };
}

function endFrom(
  anchor: Date | undefined,
  period: string | undefined,
  fromEndOf: Keep['fromEndOf'],
  bound: Bound,
  zone: string,
): Date | undefined {
  return anchor === undefined || period === undefined ? undefined : endOf(anchor, period, fromEndOf, bound, zone);
}

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
