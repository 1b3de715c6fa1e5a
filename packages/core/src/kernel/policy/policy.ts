import type { Right } from '../classify/right.ts';
import type { Inventory } from './inventory.ts';

/** Where a number comes from: the published notice, a statute, or the operator's own choice. */
export type Origin = 'notice' | 'statute' | 'operator';

/** `observe` decides, counts and reports and changes nothing; `enforce` acts. */
export type Mode = 'observe' | 'enforce';

/** A policy that compiled: every word known, every rule's clause and every clause's rules there. Plain data, JSON-able. */
export interface Policy {
  readonly pack: string;
  readonly version: number;
  /** SHA-256 of the canonical form of the files it was compiled from. */
  readonly hash: string;
  readonly controller: Controller;
  readonly clauses: readonly Clause[];
  readonly categories: readonly Category[];
  readonly purposes: readonly Purpose[];
  readonly recipients: readonly Recipient[];
  readonly consents: readonly ConsentFlag[];
  readonly retention: readonly RetentionRule[];
  readonly rights: readonly RightRule[];
  readonly children: ChildrenRule;
  readonly cookies: readonly CookieRule[];
  readonly visibility: VisibilityRule;
  readonly notice: NoticeRule;
  readonly inventory: Inventory;
}

export interface Controller {
  readonly name: string;
  readonly contact: string;
  /** ISO 3166 country, which also names the holiday calendar. */
  readonly country: string;
  /** IANA time zone in which days are counted. */
  readonly zone: string;
  /** The regime that applies where the person's residence names no other. */
  readonly regime: string;
}

export interface Clause {
  readonly id: string;
  readonly kind: string;
  /** Ids of the rules that keep it, such as `retention.generated-videos`. Never empty. */
  readonly keptBy: readonly string[];
}

export interface Category {
  readonly name: string;
  readonly label: string;
  readonly source: string;
  readonly required: boolean;
  readonly clause: string;
}

export interface Purpose {
  readonly name: string;
  readonly label: string;
  readonly basis: 'contract' | 'consent' | 'legal-obligation' | 'legitimate-interest' | 'vital-interest' | 'public-task';
  readonly categories: readonly string[];
  readonly objectable: boolean;
  readonly allowedUnderRestriction: boolean;
  readonly clause: string;
}

export interface Recipient {
  readonly name: string;
  readonly label: string;
  readonly kind: string;
  readonly country: string;
  readonly safeguard?: string;
  readonly agreement?: { readonly reference: string; readonly signed: string; readonly expires: string };
  readonly categories: readonly string[];
  readonly purposes: readonly string[];
  readonly terms?: string;
  readonly needs: readonly ('generation-id' | 'legal-reference')[];
  readonly keeps?: { readonly period: string; readonly from: Origin };
  readonly trainsOnData: boolean;
  readonly clause: string;
}

export interface ConsentFlag {
  readonly flag: string;
  readonly label: string;
  readonly default: 'given' | 'withheld';
  readonly gates: { readonly purposes: readonly string[]; readonly categories: readonly string[]; readonly recipients?: readonly string[] };
  readonly clause: string;
}

export interface RetentionRule {
  readonly id: string;
  readonly covers: readonly string[];
  readonly keep: Keep;
  /** Name of the anchor that starts the period. */
  readonly since: string;
  /** Name of the predicate that lifts the rule from a record, such as `saved`. */
  readonly unless?: string;
  /** A later start that gives time to people who undo `unless`: due is the later of both. */
  readonly grace?: { readonly since: string; readonly keep: string; readonly from: Origin };
  readonly then: 'erase' | 'anonymise';
  /** What an erasure request does to the records: erase them, or keep them without the person. */
  readonly onErasure: 'erase' | 'detach';
  /** Why an erasure keeps them, with the article. Present exactly when `onErasure` is `detach`. */
  readonly ground?: { readonly article: string; readonly text: string };
  /** The only purposes for which the covered data may be used, where the clause limits them. */
  readonly onlyFor?: readonly string[];
  readonly clause: string;
}

export interface Keep {
  /** ISO 8601 period; `atMost` is a ceiling that holds at every instant, `atLeast` a floor. */
  readonly atMost?: string;
  readonly atLeast?: string;
  /** The period starts at the end of the calendar year of the anchor (controller's zone). */
  readonly fromEndOf?: 'year';
  readonly from: Origin;
  readonly source?: string;
}

export interface RightRule {
  readonly right: Right;
  /** Whether the engine carries it out itself, or opens a case for staff. */
  readonly executor: 'engine' | 'staff';
  /** The promise of the notice, such as P30D. */
  readonly respondWithin: string;
  readonly from: Origin;
  readonly clause: string;
}

export interface ChildrenRule {
  readonly minimumAge: number;
  readonly byCountry: Readonly<Record<string, number>>;
  readonly clause: string;
}

export interface CookieRule {
  readonly kind: string;
  readonly needsConsent: boolean;
  readonly clause: string;
}

export interface VisibilityRule {
  readonly default: 'private' | 'public';
  /** Purposes for which staff may see content. */
  readonly staffPurposes: readonly string[];
  readonly clause: string;
}

export interface NoticeRule {
  readonly lastUpdated?: string;
  readonly clause: string;
}
