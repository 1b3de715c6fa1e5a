import type { Right } from '../classify/right.ts';
import type { Inventory } from './inventory.ts';
import type { Vocabulary } from './vocabulary.ts';

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
  readonly never: readonly Prohibition[];
  readonly security: readonly Measure[];
  readonly transfers: TransferRule;
  readonly contact: ContactRule;
  readonly regimes: RegimeRule;
  readonly inventory: Inventory;
  /** The words that a question may use. */
  readonly vocabulary: Vocabulary;
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
  /** What is promised, in the register's words. */
  readonly says: string;
  /** Ids of the rules that keep it, such as `retention.generated-videos`. Never empty. */
  readonly keptBy: readonly string[];
}

export interface Category {
  readonly name: string;
  readonly label: string;
  readonly source: string;
  readonly required: boolean;
  /** Who keeps it: the host's collections, Kept's own, the person's device, or a recipient alone. */
  readonly held: 'host' | 'kept' | 'device' | 'recipient';
  readonly clause: string;
}

export interface Purpose {
  readonly name: string;
  readonly label: string;
  readonly basis:
    | 'contract'
    | 'consent'
    | 'legal-obligation'
    | 'legitimate-interest'
    | 'vital-interest'
    | 'public-task';
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
  /** Its agreement does not forbid training, so that disclosing content is allowing training. */
  readonly trainsOnData: boolean;
  /** Clause that limits it to its needs and purposes, where that is another one than `clause`. */
  readonly limitedBy?: string;
  /** The kind of recipient acts on our behalf and therefore gets nothing without an agreement in force. */
  readonly needsAgreement: boolean;
  readonly clause: string;
}

export interface ConsentFlag {
  readonly flag: string;
  readonly label: string;
  readonly default: 'given' | 'withheld';
  readonly gates: {
    readonly purposes: readonly string[];
    readonly categories: readonly string[];
    readonly recipients?: readonly string[];
  };
  readonly clause: string;
}

export interface RetentionRule {
  readonly id: string;
  readonly covers: readonly string[];
  readonly keep: Keep;
  /** Name of the anchor that starts the period. */
  readonly since: string;
  /**
   * The anchor is an event that may still be to come, such as the closing of an account: until then the record is
   * kept without a finding. Otherwise a missing anchor is a finding.
   */
  readonly openEnded: boolean;
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
  /** The flag that lets it through, exactly when it needs consent. */
  readonly consent?: string;
  /** Such as `cookie`, `web-beacon`, `local-storage`: all governed alike. */
  readonly technologies: readonly string[];
  readonly clause: string;
}

export interface VisibilityRule {
  readonly default: 'private' | 'public';
  /** The categories that are content. */
  readonly content: readonly string[];
  /** Purposes for which staff may see content. */
  readonly staffPurposes: readonly string[];
  readonly clause: string;
}

export interface NoticeRule {
  /** ISO date at the top of the published notice. */
  readonly lastUpdated?: string;
  /** Clause that promises a note of changes; the rule is `notice.changes`. */
  readonly clause: string;
  /** The published list of third parties, where one is announced; names of recipients. */
  readonly thirdParties?: { readonly listed: readonly string[]; readonly clause: string };
  /** How people agree to the notice. Acceptance is recorded by version and sets no consent flag. */
  readonly acceptance?: { readonly by: 'use' | 'act'; readonly clause: string };
}

/** What is denied whatever else allows it. */
export interface Prohibition {
  readonly name: string;
  readonly label: string;
  readonly purposes: readonly string[];
  readonly categories: readonly string[];
  readonly recipientKinds: readonly string[];
  /** Lists that are closed: what they do not name is denied. */
  readonly unlisted: readonly ('purposes' | 'recipients' | 'categories')[];
  readonly clause: string;
}

/** A technical or organisational measure, and who sees to it. */
export interface Measure {
  readonly name: string;
  readonly label: string;
  readonly by: 'kept' | 'host' | 'operator';
  /** How often it is due, where it recurs. */
  readonly every?: { readonly period: string; readonly from: Origin };
  readonly clause: string;
}

export interface TransferRule {
  /** Mechanisms that carry data into a third country, as words of the vocabulary. */
  readonly safeguards: readonly string[];
  readonly clause: string;
}

/** The promise for every message that is no rights request; the rule is `contact.inquiries`. */
export interface ContactRule {
  readonly address: string;
  readonly respondWithin: string;
  readonly from: Origin;
  readonly clause: string;
}

/** Which law a person's request follows; the rule is `regimes.residence`. */
export interface RegimeRule {
  readonly fallback: string;
  readonly clause: string;
}
