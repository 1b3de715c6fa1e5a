import type { Right } from '../classify/right.ts';
import type { Inventory } from './inventory.ts';
import type { NoticeRule } from './noticeRule.ts';
import type { RetentionRule } from './retentionRule.ts';
import type { Vocabulary } from './vocabulary.ts';

export type { NoticeRule, Statement } from './noticeRule.ts';
export type { Bounded, EarlierPromise, Keep, RetentionRule, Tiers } from './retentionRule.ts';

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
  /** Absent where the notice names no age: the statutes' ages hold by themselves. */
  readonly children?: ChildrenRule;
  readonly cookies: readonly CookieRule[];
  /** Absent where the notice does not speak of it: content is private then. */
  readonly visibility?: VisibilityRule;
  readonly notice: NoticeRule;
  readonly never: readonly Prohibition[];
  readonly security: readonly Measure[];
  /** Absent where the notice does not speak of it: no safeguard carries data into a third country then. */
  readonly transfers?: TransferRule;
  readonly contact: ContactRule;
  readonly regimes: RegimeRule;
  /** Regime by ISO 3166 code of residence, such as `US-CA`: which law a person's requests and silence fall under. */
  readonly residence: Readonly<Record<string, string>>;
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
  /** It may look at groups only, and at none smaller than this. */
  readonly aggregate?: { readonly minimumGroup: number; readonly from: Origin };
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
  readonly needs: readonly ('generation-id' | 'legal-reference' | 'terms')[];
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
  /** What the notice does: wait for a yes, or go on until a no. */
  readonly asks: 'opt-in' | 'opt-out';
  /** Regimes under which silence is a yes; none where it asks for an opt-in. */
  readonly givenIn: readonly string[];
  readonly gates: {
    readonly purposes: readonly string[];
    readonly categories: readonly string[];
    readonly recipients?: readonly string[];
  };
  readonly clause: string;
}

export interface RightRule {
  readonly right: Right;
  /** Whether the engine carries it out itself, or opens a case for staff. */
  readonly executor: 'engine' | 'staff';
  /** Who grants it: the notice, or a statute where the notice is silent. */
  readonly from: Origin;
  /** The promised period, such as P30D; absent where nothing but the statute sets one. */
  readonly respondWithin?: string;
  /** How long an approved erasure waits, so that the person or staff can still stop it, such as P2D. */
  readonly delay?: { readonly period: string; readonly from: Origin };
  /** Categories for which the notice states it, where these are fewer than the statute's; people have it for all. */
  readonly statedFor?: readonly string[];
  readonly clause: string;
}

export interface ChildrenRule {
  readonly minimumAge: number;
  /** Where the age is another one: by ISO 3166 code of residence, a state's before its country's. */
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

/** What is denied whatever else allows it. */
export interface Prohibition {
  readonly name: string;
  readonly label: string;
  readonly purposes: readonly string[];
  readonly categories: readonly string[];
  /** Kinds of recipients from whom alone the categories are kept; absent: nobody may use them. */
  readonly to?: readonly string[];
  readonly recipientKinds: readonly string[];
  /** Lists that are closed: what they do not name is denied. */
  readonly unlisted: readonly ('purposes' | 'recipients' | 'categories')[];
  /** Exceptions that the text announces, by name of a recipient; empty where it announces some and names none. */
  readonly exceptions?: readonly string[];
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
