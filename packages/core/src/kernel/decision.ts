import type { Right } from './classify/right.ts';

/** Why a decision fell: the rule that spoke and the clause of the notice it keeps. */
export interface Reason {
  readonly rule: string;
  /** Empty where a statute speaks and not the notice, as with a legal hold. */
  readonly clause: string;
  readonly text: string;
}

/** Three outcomes: gates treat `undetermined` as forbidden, deletion treats it as keep; both raise a finding. */
export interface Decision {
  readonly outcome: 'permitted' | 'forbidden' | 'undetermined';
  /** Sorted, so that evidence made of it is stable. */
  readonly because: readonly Reason[];
  /** Facts whose absence left it undetermined. */
  readonly missing: readonly string[];
  /** What a permission is bound to, such as the agreement it rests on. */
  readonly terms: readonly string[];
}

export interface Question {
  readonly purpose: string;
  readonly category: string;
  readonly recipient?: string;
  readonly viewer?: 'owner' | 'public' | 'link' | `staff:${string}`;
  readonly generation?: string;
  /** How many people the answer is about, where it is about a group and not about one person. */
  readonly group?: number;
  /** Reference of the legal process or claim that asks for a disclosure. */
  readonly reference?: string;
}

/** Everything `decide` may know of a subject; it fetches nothing. A missing key is an unknown fact, not a no. */
export interface Facts {
  /** Residence: ISO 3166-1, or 3166-2 where the state matters, such as `US-CA`. */
  readonly country?: string;
  readonly age?: number;
  readonly consents: readonly ConsentEvent[];
  /** A history, as consents are; without `what` it is an objection. */
  readonly objections: readonly (Omit<ObjectionWord, 'what'> & Partial<ObjectionWord>)[];
  readonly restricted: boolean;
  readonly held: boolean;
  /** What the owner chose for the content asked about; absent: the policy's default. */
  readonly visibility?: 'private' | 'link' | 'public';
}

/** Consent is a history, never a boolean. */
export interface ConsentEvent {
  readonly flag: string;
  readonly what: 'given' | 'withdrawn';
  readonly at: Date;
  /** Version of the notice in force then. */
  readonly version?: number;
}

/** What a person said against a purpose, or took back of it. */
export interface ObjectionWord {
  readonly purpose: string;
  readonly what: 'objected' | 'withdrawn';
  readonly at: Date;
}

/** Such a word as it is on record. */
export interface ObjectionEvent extends ObjectionWord {
  /** Version of the notice in force then. */
  readonly version: number;
  readonly source: string;
}

/** What stands between a record and its deletion. Without `subject` it covers everybody. */
export interface Hold {
  readonly kind: 'legal' | 'restriction' | 'access-open';
  /** Subject key in its string form. */
  readonly subject?: string;
  readonly collection?: string;
  readonly ground: string;
  readonly from: Date;
  readonly until?: Date;
}

/** The facts of one record that a retention decision needs. */
export interface RetentionRecord {
  readonly collection: string;
  readonly subject?: string;
  /** The owner's trait that tiers ask for, such as the plan; absent: none of them, or nobody knows. */
  readonly tier?: string;
  /** Anchors of the owner's own record, such as the day of a downgrade; absent: nobody knows the owner. */
  readonly owner?: Readonly<Record<string, Date | undefined>>;
  /** The newest version of the notice that the owner accepted; absent: none. */
  readonly accepted?: number;
  readonly anchors: Readonly<Record<string, Date | undefined>>;
  readonly predicates: Readonly<Record<string, boolean>>;
}

export interface RetentionDecision {
  readonly outcome: 'erase' | 'redact' | 'keep' | 'undetermined';
  /** When the rule alone would end it; absent where no rule limits it or the anchor is missing. */
  readonly dueAt?: Date;
  readonly because: readonly Reason[];
}

/** What was found of one subject in one collection. */
export interface Found {
  readonly collection: string;
  readonly count: number;
  readonly files: number;
  /** The youngest anchor of the governing rule, for the end of what is kept. */
  readonly newest?: Date;
  /** The youngest date by which those end whose anchor never came. */
  readonly newestOtherwise?: Date;
  /** Remixes of these that other people made: they stay, without the link. */
  readonly othersWorks?: number;
  /** What others wrote about records of the person and goes with those, beside the person's own that are counted. */
  readonly othersAlong?: number;
}

/** One line of an erasure plan: shown in the preview, carried out by the run, listed in the receipt. */
export interface PlanLine {
  readonly collection: string;
  readonly categories: readonly string[];
  readonly action: 'erase' | 'detach' | 'keep';
  readonly count: number;
  readonly files: number;
  readonly rule?: string;
  readonly clause?: string;
  readonly ground?: { readonly article: string; readonly text: string };
  readonly until?: Date;
  /** In words, where something stays and no date is known on which it goes. */
  readonly ends?: string;
  /** Remixes of these that other people made: they stay, without the link. */
  readonly othersWorks?: number;
  /** What others wrote about records of the person and goes with those, beside the person's own that are counted. */
  readonly othersAlong?: number;
}

export type { Right };
