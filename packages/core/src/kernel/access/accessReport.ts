import type { RetentionRecord } from '../decision.ts';
import type { Collection } from '../policy/inventory.ts';
import type { RecordFacts } from '../retention/recordLimit.ts';

/** What somebody's data are and what is done with them, as a document without a form (Art 15(1) and (2) GDPR). */
export interface AccessReport {
  readonly language: string;
  readonly title: string;
  readonly intro: readonly string[];
  readonly contents: string;
  readonly sections: readonly ReportSection[];
}

export interface ReportSection {
  readonly id: string;
  readonly heading: string;
  readonly statements: readonly ReportLine[];
  readonly table?: ReportTable;
}

/** A sentence, with the rule that it is written from and the promises which that keeps. */
export interface ReportLine {
  readonly rule?: string;
  readonly clauses: readonly string[];
  readonly text: string;
  readonly href?: string;
}

export interface ReportTable {
  readonly head: readonly string[];
  readonly rows: readonly ReportRow[];
}

export interface ReportRow extends Omit<ReportLine, 'text' | 'href'> {
  readonly cells: readonly ReportCell[];
}

/** `href`: a file of the package, by its path there. `fromPolicy`: words of the policy, whose addresses are links; nobody's data. */
export interface ReportCell {
  readonly text: string;
  readonly href?: string;
  readonly fromPolicy?: true;
}

/** What the report tells of this person; without it, it would be the notice again. */
export interface AccessFacts {
  readonly receivedAt: Date;
  readonly at: Date;
  readonly held: readonly HeldCollection[];
  /** What Kept itself keeps, each kind in a file of the package. */
  readonly own: readonly { readonly file: string; readonly category: string; readonly records: number }[];
  /** Of whom we know that they received data of this person. */
  readonly received: readonly Received[];
  /** Consents that the person gave or withdrew, the last word on each. */
  readonly consents: readonly { readonly flag: string; readonly what: 'given' | 'withdrawn'; readonly at: Date }[];
  /** Of the person, where a period depends on that. */
  readonly traits: Readonly<Record<string, string | undefined>>;
  readonly owner: Pick<RecordFacts, 'owner' | 'accepted'>;
}

/** What there is in a collection of the host. */
export interface HeldCollection {
  readonly collection: Collection;
  readonly records: number;
  readonly files: number;
  /** The file with all of it; absent where nothing of it may be shown. */
  readonly file?: string;
  /** Paths of what is shown. */
  readonly shown: readonly string[];
  readonly oldest?: Pick<RetentionRecord, 'anchors' | 'predicates'>;
  /** The youngest date from which its rule counts. */
  readonly newest?: Date;
  /** Some of the records, as they are in the file. */
  readonly some: readonly { readonly id: string; readonly data: object }[];
}

export interface Received {
  readonly recipient: string;
  readonly times: number;
  readonly last: Date;
  readonly categories: readonly string[];
  readonly keepsUntil?: Date;
}
