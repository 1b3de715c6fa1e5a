import type { Right } from '../classify/right.ts';
import type { RegimeDuties } from './regimeDuties.ts';
import type { Sourced } from './sourced.ts';

export type ClockKind = 'respond' | 'acknowledge' | 'optout' | 'appeal' | 'complaint';
export const CLOCK_KINDS: readonly ClockKind[] = ['respond', 'acknowledge', 'optout', 'appeal', 'complaint'];

/** A day on which a period may not end. South Africa names Sundays and holidays only; the US states name none. */
export type RollOn = 'saturday' | 'sunday' | 'holiday';

/** Exactly one of the units. All exclude the day of receipt; a business day is one that is none of the term's `rest`. */
export type Length = { readonly months: number } | { readonly days: number } | { readonly businessDays: number };

/**
 * The reading that nobody can call late. `unrolled`: the nominal end, counted from the earlier of the local and the UTC
 * date. `day-before`: the day of receipt is the first day. `undisputed`: only `rest` and the holidays beyond dispute are
 * no business days. `same`: the date that is due.
 */
export type EarliestRule = Sourced &
  (
    | { readonly reading: 'unrolled' | 'day-before' | 'same' }
    | { readonly reading: 'undisputed'; readonly rest: readonly RollOn[] }
  );

/** The period of one right where it differs from the rule, such as fifteen days for a revoked consent. */
export type OwnTerm = Sourced & Length & { readonly extend?: Extension };

/** One period of a regime. */
export type Term = OwnTerm & {
  /** Days on which a business day cannot fall; the regime's `roll` where absent. */
  readonly rest?: readonly RollOn[];
  /** The strictest reading of this period; the regime's `earliest` where absent. */
  readonly earliest?: EarliestRule;
  readonly byRight?: Partial<Record<Right, OwnTerm>>;
};

/** One extension of a period, told before the first window ends. `total` counts from the original receipt. */
export type Extension = Sourced & { readonly total: Length | 'by-notice' };

/** What an open question to the person does to the clock. */
export type PauseRule = Sourced & {
  /** `moves`: the statute takes the days out. `defence`: the date stays, and the later one is only an argument. */
  readonly effect: 'moves' | 'defence';
  /** Whether the day of asking is one of the days taken out. */
  readonly askDay: 'counts' | 'excluded';
  /** Rights for which it exists; all where absent. */
  readonly rights?: readonly Right[];
};

/** A law as its file has it, as plain data: clocks, rights and duties, each value with its source. */
export interface Regime extends RegimeDuties {
  readonly id: string;
  readonly name: string;
  /** ISO 3166 code, with the state where there is one; EU for the Union, ZZ for an unknown residence. */
  readonly country: string;
  /** ISO 3166-1 and -2 codes of the people whom it protects. */
  readonly residents: readonly string[];
  /** YYYY-MM-DD where it is enacted and not yet applied. */
  readonly inForceFrom?: string;
  /** Calendar to use where the controller's own country is not known. */
  readonly calendar: string;
  /** When the period begins: on receipt, or on the latest of receipt, identity information asked for and fee charged. */
  readonly starts: Sourced & { readonly on: 'receipt' | 'relevant-time' };
  readonly respond?: Term;
  readonly acknowledge?: Term;
  readonly optout?: Term;
  readonly appeal?: Term;
  readonly complaint?: Term;
  readonly roll: Sourced & { readonly on: readonly RollOn[] };
  readonly pauses?: { readonly scope?: PauseRule; readonly identity?: PauseRule };
  readonly earliest: EarliestRule;
  readonly rights: Partial<Record<Right, RightGranted>>;
}

export type RightGranted = Sourced & {
  /** It takes effect on arrival; the period is for the answer only. */
  readonly effect?: 'at-once';
};
