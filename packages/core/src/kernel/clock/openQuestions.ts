import type { Right } from '../classify/right.ts';
import { localDate } from './localDate.ts';
import { type Pause, type Span, spanOf } from './pausedDays.ts';
import type { PauseRule, Regime } from './regime.ts';
import { cite } from './sourced.ts';
import { Temporal } from './temporal.ts';

/** What was asked of the person, and when it came; dates as YYYY-MM-DD in the zone of the clock. */
export interface OpenQuestions {
  readonly right?: Right;
  readonly pauses?: readonly Pause[];
  /** The day on which identity information that was asked for arrived. */
  readonly identityReceived?: string;
  /** The day on which a fee that was charged arrived. */
  readonly feePaid?: string;
}

/** What the questions do to the clock. */
export interface Asked {
  /** The day from which the period runs, for a request received on `received`. */
  start(received: Temporal.PlainDate): Temporal.PlainDate;
  /** Days that the statute takes out. */
  readonly moving: readonly Span[];
  /** Days that only a defence takes out. */
  readonly defending: readonly Span[];
  readonly rules: { readonly start: readonly string[]; readonly pauses: readonly string[] };
}

/** The questions to a person under a regime. Throws DATE_INVALID, PAUSE_INVALID. */
export function askedOf(regime: Regime, questions: OpenQuestions, received: Temporal.PlainDate): Asked {
  const identity = dateOf(questions.identityReceived, 'identity received');
  const fee = dateOf(questions.feePaid, 'fee paid');
  const pauses = pausesOf(regime, questions, received, identity);
  const read = pauses.map((pause) => {
    const rule = regime.pauses?.[pause.kind];
    const span = spanOf(pause, rule?.askDay ?? 'excluded', received);
    return { rule: rule && appliesTo(rule, questions.right) ? rule : undefined, span, pause };
  });
  const spans = (effect: PauseRule['effect']): Span[] =>
    read.filter(({ rule }) => rule?.effect === effect).map(({ span }) => span);

  const answers = read.filter(({ pause }) => pause.kind === 'identity').map(({ span }) => span.last);
  const turns = regime.starts.on === 'receipt' ? [] : [identity, fee, ...answers].filter((day) => day !== undefined);
  const start = (from: Temporal.PlainDate): Temporal.PlainDate => turns.reduce(later, from);
  const from = start(received);
  const on = from.equals(received) ? 'receipt' : from.toString();
  return {
    start,
    moving: spans('moves'),
    defending: spans('defence'),
    rules: {
      start: [cite(`${regime.id}.starts on ${on}`, regime.starts)],
      pauses: read.flatMap(({ rule, pause }) => (rule ? [cite(`${regime.id}.pauses.${pause.kind}`, rule)] : [])),
    },
  };
}

/** Of a clock that no question stops: an acknowledgement, an appeal, a complaint. */
export const NOTHING_ASKED: Asked = {
  start: (received) => received,
  moving: [],
  defending: [],
  rules: { start: [], pauses: [] },
};

/**
 * Where only the arrival of identity information is known, it counts as asked for on the day of receipt. What was there
 * before the request came was never waited for.
 */
function pausesOf(
  regime: Regime,
  { pauses = [] }: OpenQuestions,
  received: Temporal.PlainDate,
  identity: Temporal.PlainDate | undefined,
): readonly Pause[] {
  const told = identity === undefined || pauses.some(({ kind }) => kind === 'identity');
  if (told || regime.starts.on !== 'receipt' || Temporal.PlainDate.compare(identity, received) < 0) return pauses;
  return [...pauses, { kind: 'identity', from: received.toString(), to: identity.toString() }];
}

function appliesTo(rule: PauseRule, right: Right | undefined): boolean {
  return rule.rights === undefined || (right !== undefined && rule.rights.includes(right));
}

function dateOf(text: string | undefined, place: string): Temporal.PlainDate | undefined {
  return text === undefined ? undefined : localDate(text, place);
}

function later(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) < 0 ? b : a;
}
