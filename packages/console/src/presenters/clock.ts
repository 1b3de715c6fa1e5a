import type { DeadlineClock, StoredRequest } from '../kept.ts';
import { presentDay, type When } from './dates.ts';
import type { Desk } from './desk.ts';
import { regimeLabel } from './words.ts';

interface ClockLine {
  readonly label: string;
  readonly hint: string;
  readonly on: When;
  /** The reading that reminders and the queue go by. */
  readonly alarm: boolean;
}

export interface ClockModel {
  readonly regime: string;
  readonly lines: readonly ClockLine[];
  readonly rules: readonly string[];
  readonly extended: { readonly on: When; readonly by: string; readonly reason: string } | undefined;
  /** What an extension would give, while one is possible. */
  readonly extendable: { readonly to: When; readonly noticeBy: When } | undefined;
}

export function presentClock(clock: DeadlineClock, request: StoredRequest, desk: Desk): ClockModel {
  const { extension } = request;
  const readings: [string, string, string | null][] = [
    ['Statutory term', 'Without weekends and holidays', clock.nominal],
    ['Statutory due date', 'Moved on where the law says so', clock.due],
    ['Strictest reading', 'The earliest that anybody could defend', clock.earliest],
    ['Promised', 'By the published notice', clock.promiseDue],
    ['If paused', 'Where open questions would justify it', clock.ifPaused],
    ...(extension ? [['Extended to', 'Granted once', clock.extendedDue] as [string, string, string | null]] : []),
  ];
  if (!readings.some(([, , day]) => day === request.dueOn)) {
    readings.push(['On the queue', 'Counted when the case came in', request.dueOn]);
  }
  const alarm = alarmIndex(readings, request.dueOn);
  return {
    regime: regimeLabel(request.regime),
    lines: readings.flatMap(([label, hint, day], index) =>
      day === null ? [] : [{ label, hint, on: presentDay(day, desk.today), alarm: index === alarm }],
    ),
    rules: clock.rules,
    extended: extension && {
      on: presentDay(extension.on, desk.today),
      by: desk.nameOf(extension.by),
      reason: extension.reason,
    },
    extendable:
      extension || clock.extendedDue === null || clock.extensionNoticeBy === null
        ? undefined
        : { to: presentDay(clock.extendedDue, desk.today), noticeBy: presentDay(clock.extensionNoticeBy, desk.today) },
  };
}

/** Timers know only a date; of several readings on that day the extension, then the promise, then the strictest, names it. */
function alarmIndex(readings: readonly (readonly [string, string, string | null])[], dueOn: string): number {
  const order = [
    'Extended to',
    'Promised',
    'Strictest reading',
    'Statutory due date',
    'Statutory term',
    'If paused',
    'On the queue',
  ];
  const name = order.find((label) => readings.some(([it, , day]) => it === label && day === dueOn));
  return readings.findIndex(([label]) => label === name);
}
