import type { EgressRule } from './egressRule.ts';
import type { DataOrigin } from './vocabulary.ts';

/** Where a host keeps personal data: compiled, every path and category known. Plain data, JSON-able. */
export interface Inventory {
  readonly collections: readonly Collection[];
  readonly files: readonly FileStoreEntry[];
  /** Collections that hold nothing of people, each with why: what is in no list at all is found by a scan. */
  readonly impersonal?: readonly { readonly name: string; readonly why: string }[];
  /** What may leave, recipient by recipient; who is not here gets nothing through the gate. */
  readonly egress?: readonly EgressRule[];
  /** How the host's own keys begin, so that a clear one is recognised wherever it stands. */
  readonly secrets?: readonly Secret[];
}

export interface Secret {
  readonly name: string;
  readonly prefix: string;
}

export interface Collection {
  readonly name: string;
  readonly subject: SubjectPath;
  /** Anchor name to date field, such as `generated: createdAt`. */
  readonly anchors: Readonly<Record<string, string>>;
  /** Predicate name to its test: the field is there and not null (`exists: true`), is not (`false`), or equals a value. */
  readonly predicates: Readonly<Record<string, Predicate>>;
  /** Of the subjects' own collection: trait name to field, such as `plan: plan`. Rules with tiers ask for them. */
  readonly traits?: Readonly<Record<string, string>>;
  /** Rules with `then: redact` that take fields out of these records before the governing rule ends them. */
  readonly redactions?: readonly Redaction[];
  /** Self-reference of a remix tree. */
  readonly lineage?: { readonly parent: string };
  readonly fields: readonly Field[];
  /** What becomes of a field that is not named here; absent: as the mode of the rule that closes the list says. */
  readonly unlisted?: 'refuse' | 'strip' | 'report';
  /** Field in which owners say who may see the record: `private`, `link` or `public`. */
  readonly visibility?: string;
  /** The retention rule that governs the record as a whole, and with it its files. Absent: no rule limits it. */
  readonly retention?: string;
  /**
   * Set where the rule's anchor stands in another collection, the subject's own: the record goes with that one, and has
   * no filter of its own.
   */
  readonly follows?: string;
}

export type Predicate =
  | { readonly field: string; readonly exists: boolean }
  | { readonly field: string; readonly equals: string | number | boolean };

export interface Redaction {
  /** Id of the retention rule. */
  readonly rule: string;
  /** Dotted paths of the fields that it covers. */
  readonly fields: readonly string[];
}

/** How a record leads to its data subject. */
export type SubjectPath =
  | { readonly by: 'self'; readonly key: string; readonly addresses: readonly string[] }
  | { readonly by: 'reference'; readonly field: string }
  | { readonly by: 'through'; readonly field: string; readonly collection: string };

export interface Field {
  /** Dotted path; `[]` marks an array, as in `outputs[].file`. */
  readonly path: string;
  readonly category: string;
  /** Name of the file store, where the field holds a file's key. */
  readonly file?: string;
  readonly export: 'always' | 'never';
  /** The field holds a hash, never the clear value. */
  readonly holds?: 'hash';
  /** It may hold data of other people, who are masked when somebody gets a copy of it. */
  readonly others?: boolean;
  /** How its data came about, where that differs from its category's. */
  readonly origin?: DataOrigin;
  /** Path of the field that says where this one came from, such as the name of a sign-in provider. */
  readonly source?: string;
}

export interface FileStoreEntry {
  readonly name: string;
  readonly store: string;
  /** Renditions that go with each file, such as `thumbnail`. */
  readonly derived: readonly string[];
}
