import type { Right } from '../classify/right.ts';
import { addLength } from './addLength.ts';
import type { Calendar } from './calendar.ts';
import { checkExtension } from './checkExtension.ts';
import { DeadlineError } from './deadlineError.ts';
import { localDate, localDateOf } from './localDate.ts';
import { extendByPauses, type Pause, type Span, spanOf } from './pausedDays.ts';
import { type Promises, promiseDue } from './promiseDue.ts';
import type { ClockKind, Length, PauseRule, Regime, Sourced, Term } from './regime.ts';
import { rollForward } from './rollForward.ts';
import { Temporal } from './temporal.ts';

export type { Promises } from './promiseDue.ts';

/** What happened to a request so far; dates as YYYY-MM-DD in `zone`. */
export interface ClockEvents {
  readonly receivedAt: Date;
  /** IANA zone of the controller, in which days are counted. */
  readonly zone: string;
  readonly right?: Right;
  /** `respond` where absent. */
  readonly kind?: ClockKind;
  /** The day on which identity information that was asked for arrived. */
  readonly identityReceived?: string;
  readonly pauses?: readonly Pause[];
  /** The day on which the person was told of the extension and its reasons. */
  readonly extendedOn?: string;
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
  const rules: string[] = [];
  const kind = events.kind ?? 'respond';
  const received = localDateOf(events.receivedAt, events.zone);
  const promised = kind === 'acknowledge' ? null : promiseDue(promises, received);
  const promiseRule = promised === null ? [] : [`promise ${promises.respondWithin} ${promises.clause ?? ''}`.trim()];

  const term = termFor(regime, kind, events.right);
  if (term === undefined) {
    rules.push(`${regime.id} has no ${kind} clock`, ...promiseRule);
    return { ...NONE, promiseDue: promised?.toString() ?? null, rules };
  }
  rules.push(cite(`${regime.id}.${kind}`, term), ...rightRule(regime, events.right));

  const on = regime.roll.on;
  const rest = term.rest ?? on;
  const identity =
    events.identityReceived === undefined ? undefined : localDate(events.identityReceived, 'identity received');
  const paused = pausesOf(regime, events, received, identity);
  const roll = (day: Temporal.PlainDate): Temporal.PlainDate => {
    const rolled = rollForward(day, on, calendar);
    if (!rolled.equals(day)) rules.push(`${regime.roll.article} roll from ${day}${mark(regime.roll)}`);
    return rolled;
  };
  const windowFrom = (day: Temporal.PlainDate, length: Length): Temporal.PlainDate =>
    extendByPauses(addLength(day, length, rest, calendar), paused.moving);

  const start = startOf(regime, received, identity, rules);
  const nominal = windowFrom(start, term);
  if ('months' in term && nominal.day < start.day && paused.moving.length === 0) {
    rules.push(`no day ${start.day} in ${nominal.toPlainYearMonth()}, so its last day`);
  }
  const due = roll(nominal);

  const utc = localDateOf(events.receivedAt, 'UTC');
  const earlier = Temporal.PlainDate.compare(utc, received) < 0 ? utc : received;
  const earliestStart = startOf(regime, earlier, identity, []);
  const earliest = earliestOf(regime, windowFrom(earliestStart, term), due, rules);

  const { extend } = term;
  const extendedNominal = extend && extend.total !== 'by-notice' ? windowFrom(start, extend.total) : null;
  if (extend) rules.push(cite(`${regime.id}.${kind}.extend`, extend));
  const extendedDue = extendedNominal && roll(extendedNominal);
  checkExtension({ regime, extend, extendedOn: events.extendedOn, received, due });

  let ifPaused: Temporal.PlainDate | null = null;
  if (paused.defending.length > 0) {
    rules.push(...paused.rules);
    ifPaused = roll(extendByPauses(nominal, paused.defending));
  }
  rules.push(...promiseRule);

  return {
    nominal: nominal.toString(),
    due: due.toString(),
    earliest: earliest.toString(),
    extendedDue: extendedDue?.toString() ?? null,
    extensionNoticeBy: extend ? due.toString() : null,
    ifPaused: ifPaused?.toString() ?? null,
    promiseDue: promised?.toString() ?? null,
    rules,
  };
}

/**
 * The date that timers use: the earliest of `earliest` (`extendedDue` once validly extended) and `promiseDue`.
 * Throws NO_DEADLINE where neither statute nor promise sets one.
 */
export function alarmDate(clock: Clock, extended: boolean): string {
  const statute = extended ? (clock.extendedDue ?? clock.earliest) : clock.earliest;
  const dates = [statute, clock.promiseDue].filter((date) => date !== null);
  const first = dates.toSorted()[0];
  if (first !== undefined) return first;
  throw new DeadlineError('NO_DEADLINE', 'Neither the regime nor the promise sets a date', {
    place: clock.rules.join('; '),
    remedy: 'Let the pack promise an answer with respondWithin.',
  });
}

const NONE = {
  nominal: null,
  due: null,
  earliest: null,
  extendedDue: null,
  extensionNoticeBy: null,
  ifPaused: null,
} as const;

function termFor(regime: Regime, kind: ClockKind, right: Right | undefined): Term | undefined {
  const term = regime[kind];
  const own = right === undefined ? undefined : term?.byRight?.[right];
  return own === undefined ? term : { ...own, ...(term?.rest && { rest: term.rest }) };
}

function startOf(
  regime: Regime,
  received: Temporal.PlainDate,
  identity: Temporal.PlainDate | undefined,
  rules: string[],
): Temporal.PlainDate {
  if (regime.starts.on === 'receipt' || identity === undefined) return received;
  if (Temporal.PlainDate.compare(identity, received) <= 0) return received;
  rules.push(cite(`${regime.id}.starts on ${identity}`, regime.starts));
  return identity;
}

interface Paused {
  readonly moving: readonly Span[];
  readonly defending: readonly Span[];
  readonly rules: readonly string[];
}

/** Where only the arrival of identity information is known, it counts as asked for on the day of receipt. */
function pausesOf(
  regime: Regime,
  events: ClockEvents,
  received: Temporal.PlainDate,
  identity: Temporal.PlainDate | undefined,
): Paused {
  const pauses: Pause[] = [...(events.pauses ?? [])];
  if (identity !== undefined && regime.starts.on === 'receipt' && !pauses.some(({ kind }) => kind === 'identity')) {
    pauses.push({ kind: 'identity', from: received.toString(), to: identity.toString() });
  }
  const spans = pauses.map((pause) => {
    const rule = regime.pauses?.[pause.kind];
    const span = spanOf(pause, rule?.askDay ?? 'excluded', received);
    return { rule: rule && appliesTo(rule, events.right) ? rule : undefined, span, pause };
  });
  const by = (effect: PauseRule['effect']): Span[] =>
    spans.filter(({ rule }) => rule?.effect === effect).map(({ span }) => span);
  return {
    moving: by('moves'),
    defending: by('defence'),
    rules: spans.flatMap(({ rule, pause }) => (rule ? [cite(`${regime.id}.pauses.${pause.kind}`, rule)] : [])),
  };
}

function appliesTo(rule: PauseRule, right: Right | undefined): boolean {
  return rule.rights === undefined || (right !== undefined && rule.rights.includes(right));
}

function earliestOf(
  regime: Regime,
  unrolled: Temporal.PlainDate,
  due: Temporal.PlainDate,
  rules: string[],
): Temporal.PlainDate {
  const { reading } = regime.earliest;
  if (reading === 'same') return due;
  rules.push(cite(`${regime.id}.earliest ${reading}`, regime.earliest));
  return reading === 'day-before' ? due.subtract({ days: 1 }) : unrolled;
}

function rightRule(regime: Regime, right: Right | undefined): string[] {
  if (right === undefined) return [];
  const granted = regime.rights[right];
  if (granted === undefined) return [`${regime.id} does not name the right ${right}`];
  const effect = granted.effect === 'at-once' ? ', takes effect at once' : '';
  return [`${cite(`${regime.id}.rights.${right}`, granted)}${effect}`];
}

function cite(id: string, sourced: Sourced): string {
  return `${id} ${sourced.article}${mark(sourced)}`;
}

function mark(sourced: Sourced): string {
  return sourced.unverified ? ' (unverified)' : '';
}
