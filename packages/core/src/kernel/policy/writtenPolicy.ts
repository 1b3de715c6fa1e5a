import type {
  ConsentFlag,
  Measure,
  Origin,
  Prohibition,
  Purpose,
  Recipient,
  RetentionRule,
  RightRule,
} from './policy.ts';

/** A policy as people write it: sections by name. What the compiler makes of it is `Policy`. */
export interface WrittenPolicy {
  readonly pack: string;
  readonly version: number;
  readonly controller: { name: string; contact: string; country: string; zone: string; regime: string };
  readonly clauses: readonly WrittenClause[];
  readonly categories: Named<WrittenCategory>;
  readonly purposes: Named<WrittenPurpose>;
  readonly recipients: Named<WrittenRecipient>;
  readonly consents: Named<WrittenConsent>;
  readonly retention: readonly WrittenRetention[];
  readonly rights: Named<Omit<RightRule, 'right'>>;
  readonly children?: { minimumAge: number; byCountry: Named<number>; clause: string };
  readonly cookies: Named<WrittenCookie>;
  readonly visibility?: {
    default: 'private' | 'public';
    content: readonly string[];
    staffPurposes: readonly string[];
    clause: string;
  };
  readonly notice: WrittenNotice;
  readonly never: Named<Omit<Prohibition, 'name'>>;
  readonly security: Named<Omit<Measure, 'name'>>;
  readonly transfers?: { safeguards: readonly string[]; clause: string };
  readonly contact: { address: string; respondWithin: string; from: Origin; clause: string };
  readonly regimes: { fallback: string; clause: string };
}

type Named<T> = Readonly<Record<string, T>>;

export interface WrittenClause {
  readonly id: string;
  readonly 'kept-by': readonly string[];
  readonly kind?: string;
  readonly says?: string;
}

/** A category or purpose without a label has that of its word. */
export interface WrittenCategory {
  readonly label?: string;
  readonly source: string;
  readonly required: boolean;
  readonly held: 'host' | 'kept' | 'device' | 'recipient';
  readonly clause: string;
}

export type WrittenPurpose = Omit<Purpose, 'name' | 'label'> & { readonly label?: string };
export type WrittenRecipient = Omit<Recipient, 'name' | 'needsAgreement'>;

export type WrittenConsent = Omit<ConsentFlag, 'flag'>;

export type WrittenRetention = Omit<RetentionRule, 'keep' | 'earlier'> & { readonly keep: WrittenKeep };

export interface WrittenKeep {
  readonly atMost?: string;
  readonly atLeast?: string;
  readonly fromEndOf?: 'year';
  readonly from: Origin;
  readonly source?: string;
  /** The floor by the controller's country, where a statute sets it. */
  readonly byCountry?: Named<{ atLeast: string; fromEndOf?: 'year'; source: string }>;
}

export interface WrittenCookie {
  readonly needsConsent: boolean;
  readonly consent?: string;
  readonly technologies: readonly string[];
  readonly clause: string;
}

export interface WrittenNotice {
  readonly lastUpdated?: string;
  readonly dated: boolean;
  readonly clause?: string;
  readonly thirdParties?: { listed: readonly string[]; clause: string };
  readonly acceptance?: { by: 'use' | 'act'; clause: string };
  readonly tells: 'each-person' | 'posting';
  readonly poweredBy?: { operator: string; clause: string };
  readonly statements: Named<{ text: string; clause: string }>;
}
