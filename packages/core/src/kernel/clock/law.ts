import type { Right } from '../classify/right.ts';
import type { Calendar } from './calendar.ts';
import type { ClockKind, Regime } from './regime.ts';

/** A law with the holidays that count under it. */
export interface Law {
  readonly regime: Regime;
  readonly calendar: Calendar;
}

const OWN_CLOCK: Partial<Record<Right, ClockKind>> = {
  'optout-training': 'optout',
  'optout-marketing': 'optout',
  'optout-sale': 'optout',
  complaint: 'complaint',
  appeal: 'appeal',
};

/** The clock of an answer to a request for this right: one of its own where the law has that, else that of all answers. */
export function clockKindOf(regime: Regime, right: Right): ClockKind {
  const own = OWN_CLOCK[right];
  return own !== undefined && regime[own] !== undefined ? own : 'respond';
}
