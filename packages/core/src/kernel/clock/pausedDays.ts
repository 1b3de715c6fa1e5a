import { DeadlineError } from './deadlineError.ts';
import { localDate } from './localDate.ts';
import { Temporal } from './temporal.ts';

/** A question to the person that was open from `from` until its answer came on `to`; dates as YYYY-MM-DD local. */
export interface Pause {
  readonly kind: 'scope' | 'identity';
  readonly from: string;
  readonly to: string;
}

/** A pause as the days that it takes out, both ends included. */
export interface Span {
  readonly first: Temporal.PlainDate;
  readonly last: Temporal.PlainDate;
}

/** The days that a pause takes out; empty (last before first) when it was answered on an excluded ask day. Throws PAUSE_INVALID. */
export function spanOf(pause: Pause, askDay: 'counts' | 'excluded', received: Temporal.PlainDate): Span {
  const from = localDate(pause.from, 'pause from');
  const last = localDate(pause.to, 'pause to');
  if (Temporal.PlainDate.compare(last, from) < 0 || Temporal.PlainDate.compare(from, received) < 0) {
    throw new DeadlineError('PAUSE_INVALID', 'The pause ends before it begins, or begins before the receipt', {
      place: `pause ${pause.kind}:${pause.from}..${pause.to}`,
      remedy: 'Give the day of asking and the day of the answer, in this order.',
    });
  }
  return { first: askDay === 'counts' ? from : from.add({ days: 1 }), last };
}

/**
 * The end of a period with the paused days put after it. Days that several pauses share are taken out once, and a pause
 * that begins after the period has ended takes out nothing.
 */
export function extendByPauses(end: Temporal.PlainDate, spans: readonly Span[]): Temporal.PlainDate {
  let pausedEnd = end;
  let covered: Temporal.PlainDate | undefined;
  for (const span of spans.toSorted((a, b) => Temporal.PlainDate.compare(a.first, b.first))) {
    const first =
      covered !== undefined && Temporal.PlainDate.compare(covered, span.first) >= 0
        ? covered.add({ days: 1 })
        : span.first;
    const days = first.until(span.last).days + 1;
    if (days <= 0 || Temporal.PlainDate.compare(first, pausedEnd) > 0) continue;
    pausedEnd = pausedEnd.add({ days });
    covered = span.last;
  }
  return pausedEnd;
}
