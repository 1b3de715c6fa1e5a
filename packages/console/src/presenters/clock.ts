import type { DeadlineClock, StoredRequest } from '../kept.ts';
import { presentDay, type When } from './dates.ts';
import type { Desk } from './desk.ts';

interface ClockLine {
  readonly label: string;
  readonly hint: string;
  readonly on: When;
  /** The reading that reminders and the queue go by. */
  readonly alarm: boolean;
}

export interface ClockModel {
  readonly lines: readonly ClockLine[];
  readonly rules: readonly { readonly text: string; readonly unverified: boolean }[];
  /** How many of the rules rest on a text that nobody read. */
  readonly unverified: number;
  readonly extended: { readonly on: When; readonly by: string; readonly reason: string } | undefined;
  /** What an extension would give, while one is possible; without a day where the law leaves that to the letter. */
  readonly extendable: { readonly to: When | undefined; readonly noticeBy: When } | undefined;
}

/** The clock of the answer; `acknowledge` is that of the letter before it, where the law has one. */
export function presentClock(
  clock: DeadlineClock,
  acknowledge: DeadlineClock,
  request: StoredRequest,
  desk: Desk,
): ClockModel {
  const { extension } = request;
  const rules = clock.rules.map((text) => ({ text, unverified: text.includes(UNREAD) }));
  const readings: Reading[] = [
    ...(request.acknowledgedAt ? [] : [['Acknowledge by', 'That it has come', acknowledge.due] as Reading]),
    ['Statutory term', 'Without weekends and holidays', clock.nominal],
    ['Statutory due date', 'Moved on where the law says so', clock.due],
    ['Strictest reading', 'The earliest that anybody could defend', clock.earliest],
    ['Promised', 'By the published notice', clock.promiseDue],
    ['If paused', 'Where open questions would justify it', clock.ifPaused],
    ...(extension ? extendedReadings(clock) : []),
  ];
  if (!readings.some(([, , day]) => day === request.dueOn)) {
    readings.push(['On the queue', 'Counted or told before', request.dueOn]);
  }
  const alarm = alarmIndex(readings, request.dueOn);
  return {
    lines: readings.flatMap(([label, hint, day], index) =>
      day === null ? [] : [{ label, hint, on: presentDay(day, desk.today), alarm: index === alarm }],
    ),
    rules,
    unverified: rules.filter(({ unverified }) => unverified).length,
    extended: extension && {
      on: presentDay(extension.on, desk.today),
      by: desk.nameOf(extension.by),
      reason: extension.reason,
    },
    extendable:
      extension || clock.extensionNoticeBy === null
        ? undefined
        : {
            to: clock.extendedDue === null ? undefined : presentDay(clock.extendedDue, desk.today),
            noticeBy: presentDay(clock.extensionNoticeBy, desk.today),
          },
  };
}

type Reading = readonly [label: string, hint: string, day: string | null];

/** What a rule says of itself where the law behind it was not read. */
const UNREAD = '(unverified)';

function extendedReadings({ extendedDue, extendedEarliest }: DeadlineClock): Reading[] {
  const strictest: Reading = ['Strictest extension', 'The earliest reading of it', extendedEarliest];
  return [['Extended to', 'Granted once', extendedDue], ...(extendedEarliest === extendedDue ? [] : [strictest])];
}

/** Timers know only a date; of several readings on that day the extension, then the promise, then the strictest, names it. */
function alarmIndex(readings: readonly Reading[], dueOn: string): number {
  const order = [
    'Extended to',
    'Strictest extension',
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
