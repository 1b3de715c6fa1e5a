import type { Right } from '../classify/right.ts';
import { DeadlineError } from './deadlineError.ts';

export type ClockKind = 'respond' | 'acknowledge' | 'optout' | 'appeal' | 'complaint';
export const CLOCK_KINDS: readonly ClockKind[] = ['respond', 'acknowledge', 'optout', 'appeal', 'complaint'];

/** A day on which a period may not end. South Africa names Sundays and holidays only; the US states name none. */
export type RollOn = 'saturday' | 'sunday' | 'holiday';

/** Where a value comes from, and whether its text was read. What was not read ships as `unverified`. */
export interface Sourced {
  readonly article: string;
  readonly source: string;
  readonly from: 'statute' | 'guidance' | 'operator';
  readonly unverified?: true;
}

/** Exactly one of the units. Days and months exclude the day of receipt. */
export type Length = { readonly months: number } | { readonly days: number } | { readonly businessDays: number };

/** One period of a regime. */
export type Term = Sourced &
  Length & {
    /** Days on which a business day cannot fall; the regime's `roll` where absent. */
    readonly rest?: readonly RollOn[];
    readonly extend?: Extension;
    /** Rights whose period differs from the rule, such as fifteen days for a revoked consent. */
    readonly byRight?: Partial<Record<Right, Sourced & Length & { readonly extend?: Extension }>>;
  };

/** One extension of a period, told before the first window ends. `total` counts from the original receipt. */
export type Extension = Sourced & ({ readonly total: Length } | { readonly total: 'by-notice' });

/** What an open question to the person does to the clock. */
export type PauseRule = Sourced & {
  /** `moves`: the statute takes the days out. `defence`: the date stays, and the later one is only an argument. */
  readonly effect: 'moves' | 'defence';
  /** Whether the day of asking is one of the days taken out. */
  readonly askDay: 'counts' | 'excluded';
  /** Rights for which it exists; all where absent. */
  readonly rights?: readonly Right[];
};

/** A regime file, as plain data. */
export interface Regime {
  readonly id: string;
  readonly name: string;
  /** ISO 3166 code, with the state where there is one; EU for the Union. */
  readonly country: string;
  /** Calendar to use where the controller's own country is not known. */
  readonly calendar: string;
  /** When the period begins: on receipt, or on the latest of receipt and the identity information asked for. */
  readonly starts: Sourced & { readonly on: 'receipt' | 'relevant-time' };
  readonly respond?: Term;
  readonly acknowledge?: Term;
  readonly optout?: Term;
  readonly appeal?: Term;
  readonly complaint?: Term;
  readonly roll: Sourced & { readonly on: readonly RollOn[] };
  readonly pauses?: { readonly scope?: PauseRule; readonly identity?: PauseRule };
  /** Which reading is the one nobody can call late. `unrolled`: from the earlier of local and UTC date, not rolled. */
  readonly earliest: Sourced & { readonly reading: 'unrolled' | 'day-before' | 'same' };
  readonly rights: Partial<Record<Right, RightGranted>>;
}

export type RightGranted = Sourced & {
  /** It takes effect on arrival; the period is for the answer only. */
  readonly effect?: 'at-once';
};

/** Checks the parsed YAML of a regime file and freezes nothing: it is the same object, typed. Throws REGIME_INVALID. */
export function compileRegime(data: unknown): Regime {
  const regime = data as Regime;
  if (typeof regime !== 'object' || regime === null) throw invalid('regime', 'it is not a mapping');
  const place = `regime ${String(regime.id)}`;
  for (const key of ['id', 'name', 'country', 'calendar'] as const) {
    if (typeof regime[key] !== 'string' || regime[key] === '') throw invalid(place, `${key} is missing`);
  }
  for (const key of ['starts', 'roll', 'earliest'] as const) checkSource(regime[key], `${place}, ${key}`);
  if (typeof regime.rights !== 'object' || regime.rights === null) throw invalid(place, 'rights are missing');
  for (const [right, granted] of Object.entries(regime.rights)) checkSource(granted, `${place}, rights.${right}`);
  for (const [kind, pause] of Object.entries(regime.pauses ?? {})) checkSource(pause, `${place}, pauses.${kind}`);

  for (const kind of CLOCK_KINDS) {
    const term = regime[kind];
    if (term === undefined) continue;
    checkTerm(term, `${place}, ${kind}`);
    for (const [right, own] of Object.entries(term.byRight ?? {})) checkTerm(own, `${place}, ${kind}.byRight.${right}`);
  }
  return regime;
}

function checkTerm(term: Sourced & Length & { readonly extend?: Extension }, place: string): void {
  checkSource(term, place);
  checkLength(term, place);
  if (term.extend === undefined) return;
  checkSource(term.extend, `${place}.extend`);
  if (term.extend.total !== 'by-notice') checkLength(term.extend.total, `${place}.extend.total`);
}

function checkLength(length: Length, place: string): void {
  const given = ['months', 'days', 'businessDays'].filter((unit) => unit in length);
  const value = (length as unknown as Record<string, unknown>)[given[0] ?? ''];
  if (given.length !== 1) throw invalid(place, 'it needs exactly one of months, days and businessDays');
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw invalid(place, 'its length is not a whole number');
}

function checkSource(value: Sourced | undefined, place: string): void {
  if (typeof value !== 'object' || value === null) throw invalid(place, 'it is missing');
  if (!value.article || !value.source) throw invalid(place, 'it names no article and source');
  if (!['statute', 'guidance', 'operator'].includes(value.from)) throw invalid(place, 'from is unknown');
}

function invalid(place: string, why: string): DeadlineError {
  return new DeadlineError('REGIME_INVALID', `${place}: ${why}`, {
    place,
    remedy: 'Compare it with policies/regimes/eu-gdpr.yaml.',
  });
}
