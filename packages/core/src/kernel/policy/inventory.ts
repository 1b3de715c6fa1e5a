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
  /** Of one kind of records among several in a collection of the database, with the kind: `events.api`. */
  readonly name: string;
  /** Where it lies, if not in the host's database: a name of `sources`. */
  readonly source?: string;
  /** Name in the database, where it is another one. */
  readonly stored?: string;
  /** Which records of the stored collection these are: the field that tells the kind, and what stands in it. */
  readonly when?: { readonly field: string; readonly equals: string };
  readonly subject: SubjectPath;
  /** Anchor name to date field, such as `generated: createdAt`. */
  readonly anchors: Readonly<Record<string, string>>;
  /** Predicate name to its test: the field is there and not null (`exists: true`), is not (`false`), or equals a value. */
  readonly predicates: Readonly<Record<string, Predicate>>;
  /** Of the subjects' own collection: trait name to field, such as `plan: plan`. Rules with tiers ask for them. */
  readonly traits?: Readonly<Record<string, string>>;
  /** Rules with `then: redact` that take fields out of these records before the governing rule ends them. */
  readonly redactions?: readonly Redaction[];
  /** Of several kinds taken together: all fields that lead somewhere. */
  readonly leads?: readonly string[];
  /** Records that are about a person though another wrote them, such as comments on somebody's video. */
  readonly about?: About;
  /** Self-reference of a remix tree, and what a remix copies of its parent's person: it goes when the parent goes. */
  readonly lineage?: { readonly parent: string; readonly carries?: readonly string[] };
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

/** The field that refers to a record of another collection, and whether these records go with that one, or lose the link. */
export interface About {
  readonly collection: string;
  readonly field: string;
  readonly cascade: boolean;
}

/**
 * How a record leads to its data subject. Where the field lies in a list (`members[].userId`), the element is what is the
 * person's: it alone is exported, and goes.
 */
export type SubjectPath =
  | Account
  | { readonly by: 'reference'; readonly field: string; readonly as?: KeyShape }
  | { readonly by: 'address'; readonly field: string; readonly as?: KeyShape }
  | { readonly by: 'device'; readonly field: string; readonly as?: KeyShape }
  | { readonly by: 'through'; readonly field: string; readonly collection: string };

/** A subject's own record; its addresses count only where `verified` is there and true, if the inventory names such a field. */
export interface Account {
  readonly by: 'self';
  readonly key: string;
  readonly addresses: readonly string[];
  readonly verified?: string;
}

/** What a host makes of a key or an address before storing it: its hash is that of the key's text, or of the address in lower case. */
export type KeyShape = 'lowercase' | 'sha256' | 'sha256-base64' | { readonly prefix: string };

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
  /** How the value is stored: as a text of JSON, of base64, or of JSON in base64. */
  readonly stored?: 'json' | 'base64' | 'base64-json';
}

export interface FileStoreEntry {
  readonly name: string;
  readonly store: string;
  /** Renditions that go with each file, such as `thumbnail`. */
  readonly derived: readonly string[];
}
