import type { Right } from '../classify/right.ts';
import { addLength } from './addLength.ts';
import type { Calendar } from './calendar.ts';
import { checkExtension } from './checkExtension.ts';
import { DeadlineError } from './deadlineError.ts';
import { earliestOf } from './earliestOf.ts';
import { localDateOf } from './localDate.ts';
import { askedOf, NOTHING_ASKED, type OpenQuestions } from './openQuestions.ts';
import { extendByPauses } from './pausedDays.ts';
import { type Promises, promiseDue } from './promiseDue.ts';
import type { ClockKind, Length, Regime, Term } from './regime.ts';
import { rollForward } from './rollForward.ts';
import { cite, mark } from './sourced.ts';
import type { Temporal } from './temporal.ts';

export type { Promises } from './promiseDue.ts';

/** What happened to a request so far; dates as YYYY-MM-DD in `zone`. */
export interface ClockEvents extends OpenQuestions {
  readonly receivedAt: Date;
  /** IANA zone of the controller, in which days are counted. */
  readonly zone: string;
  /** `respond` where absent. */
  readonly kind?: ClockKind;
  /** The day on which the person was told of the extension and its reasons. */
  readonly extendedOn?: string;
  /** The day that the person was told then, where the law leaves it to that notice. */
  readonly extendedUntil?: string;
}

/** Every reading of one deadline, dates as YYYY-MM-DD in the zone of the controller, null where there is none. */
export interface Clock {
  readonly nominal: string | null;
  /** The end of the first window, rolled where the regime rolls; an extension does not change it. */
  readonly due: string | null;
  /** The strictest reading that anybody could defend. */
  readonly earliest: string | null;
  /** What an extension gives, or would give. */
  readonly extendedDue: string | null;
  /** The strictest reading of `extendedDue`, for timers. */
  readonly extendedEarliest: string | null;
  readonly extensionNoticeBy: string | null;
  /** The later date that open questions would justify where they are only a defence. */
  readonly ifPaused: string | null;
  readonly promiseDue: string | null;
  /** Rule ids, articles and turning points, in the order in which they were applied. */
  readonly rules: readonly string[];
}

/**
 * The clock of one request under a regime and a promise.
 * Throws DeadlineError: ZONE_INVALID, RECEIVED_INVALID, DATE_INVALID, PAUSE_INVALID, PROMISE_INVALID, CALENDAR_ENDED,
 * EXTENSION_INVALID, and EXTENSION_TOO_LATE for an extension told after the first window.
 */
export function deadlines(regime: Regime, promises: Promises, events: ClockEvents, calendar: Calendar): Clock {
  const kind = events.kind ?? 'respond';
  const received = localDateOf(events.receivedAt, events.zone);
  const promised = kind === 'acknowledge' ? null : promiseDue(promises, received);
  const promiseRule = promised === null ? [] : [`promise ${promises.respondWithin} ${promises.clause ?? ''}`.trim()];

  const term = termFor(regime, kind, events.right);
  if (term === undefined) {
    const rules = [`${regime.id} has no ${kind} clock`, ...promiseRule];
    return { ...NONE, promiseDue: promised?.toString() ?? null, rules };
  }
  const asked = STOPPABLE.includes(kind) ? askedOf(regime, events, received) : NOTHING_ASKED;
  const rules = [
    cite(`${regime.id}.${kind}`, term),
    ...notYet(regime, received),
    ...rightRule(regime, events.right),
    ...asked.rules.start,
  ];

  const roll = (day: Temporal.PlainDate): Temporal.PlainDate => {
    const rolled = rollForward(day, regime.roll.on, calendar);
    if (!rolled.equals(day)) rules.push(`${regime.roll.article} roll from ${day}${mark(regime.roll)}`);
    return rolled;
  };
  const rest = term.rest ?? regime.roll.on;
  const windowFrom = (day: Temporal.PlainDate, length: Length): Temporal.PlainDate =>
    extendByPauses(addLength(asked.start(day), length, rest, calendar), asked.moving);

  const nominal = windowFrom(received, term);
  const start = asked.start(received);
  if ('months' in term && nominal.day < start.day && asked.moving.length === 0) {
    rules.push(`no day ${start.day} in ${nominal.toPlainYearMonth()}, so its last day`);
  }
  const due = roll(nominal);

  const { extend } = term;
  const total = extend === undefined || extend.total === 'by-notice' ? undefined : extend.total;
  const readings = { regime, term, received, utc: localDateOf(events.receivedAt, 'UTC'), windowFrom, calendar };
  const earliest = earliestOf({ ...readings, length: term, due });
  rules.push(...earliest.rules);

  if (extend) rules.push(cite(`${regime.id}.${kind}.extend`, extend));
  const told = checkExtension({ regime, extend, received, due, on: events.extendedOn, until: events.extendedUntil });
  const extendedDue = total ? roll(windowFrom(received, total)) : told;
  const extendedEarliest =
    total && extendedDue ? earliestOf({ ...readings, length: total, due: extendedDue }).date : told;

  rules.push(...asked.rules.pauses);
  const ifPaused = asked.defending.length > 0 ? roll(extendByPauses(nominal, asked.defending)) : null;
  rules.push(...promiseRule);

  return {
    nominal: nominal.toString(),
    due: due.toString(),
    earliest: earliest.date.toString(),
    extendedDue: extendedDue?.toString() ?? null,
    extendedEarliest: extendedEarliest?.toString() ?? null,
    extensionNoticeBy: extend ? due.toString() : null,
    ifPaused: ifPaused?.toString() ?? null,
    promiseDue: promised?.toString() ?? null,
    rules,
  };
}

/**
 * The date that timers use: the earliest of `earliest` (`extendedEarliest` once validly extended) and `promiseDue`.
 * Throws NO_DEADLINE where neither statute nor promise sets one.
 */
export function alarmDate(clock: Clock, extended: boolean): string {
  const statute = extended ? (clock.extendedEarliest ?? clock.earliest) : clock.earliest;
  const first = [statute, clock.promiseDue].filter((date) => date !== null).toSorted()[0];
  if (first !== undefined) return first;
  throw new DeadlineError('NO_DEADLINE', 'Neither the regime nor the promise sets a date', {
    place: clock.rules.join('; '),
    remedy: 'Let the pack promise an answer with respondWithin.',
  });
}

/** Clocks that a question to the person can stop, or start late; the others run from the receipt. */
const STOPPABLE: readonly ClockKind[] = ['respond', 'optout'];

const NONE = {
  nominal: null,
  due: null,
  earliest: null,
  extendedDue: null,
  extendedEarliest: null,
  extensionNoticeBy: null,
  ifPaused: null,
} as const;

function termFor(regime: Regime, kind: ClockKind, right: Right | undefined): Term | undefined {
  const term = regime[kind];
  const own = right === undefined ? undefined : term?.byRight?.[right];
  if (own === undefined) return term;
  return { ...own, ...(term?.rest && { rest: term.rest }), ...(term?.earliest && { earliest: term.earliest }) };
}

function notYet({ id, inForceFrom }: Regime, received: Temporal.PlainDate): string[] {
  return inForceFrom !== undefined && received.toString() < inForceFrom ? [`${id} applies from ${inForceFrom}`] : [];
}

function rightRule(regime: Regime, right: Right | undefined): string[] {
  if (right === undefined) return [];
  const granted = regime.rights[right];
  if (granted === undefined) return [`${regime.id} does not name the right ${right}`];
  const effect = granted.effect === 'at-once' ? ', takes effect at once' : '';
  return [`${cite(`${regime.id}.rights.${right}`, granted)}${effect}`];
}
