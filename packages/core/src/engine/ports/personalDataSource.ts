import type { Found, Hold, RetentionRecord } from '../../kernel/decision.ts';
import type { PersonalValue } from '../../kernel/egress/personalMarks.ts';
import type { FigureValue } from '../../kernel/figures/suppress.ts';
import type { Redaction } from '../../kernel/policy/inventory.ts';
import type { FileRef } from '../stored.ts';
import type { Correctable } from './correctable.ts';
import type { LookAgain, Residue } from './residue.ts';

/**
 * A host's personal data, in the engine's words. A subject is named by the string form of its key at the host.
 * Adapter: mongo (by inventory). Conformance: `test/contracts/personalDataSource`.
 */
export interface PersonalDataSource extends Correctable {
  readonly kind: string;
  /** Subjects at which this email address is registered now; several are never merged. */
  subjectsAt(address: string): Promise<string[]>;
  addressesOf(subject: string): Promise<string[]>;
  exists(subject: string): Promise<boolean>;
  /** Everybody, a page at a time in the order of their records; from `after`, the `next` of the page before. */
  subjects(limit: number, after?: unknown): Promise<SubjectPage>;
  /** Counts what is there of the subject, collection by collection, collections without anything left out. */
  survey(subject: string): Promise<Found[]>;
  /**
   * Some of the subject's records in a collection, in no particular order, with the files they hold. With `captured`, those
   * too that lead to the person by way of records that are gone, such as new logs of an erased API key.
   */
  recordsOf(subject: string, collection: string, limit: number, captured?: Identifiers): Promise<SourceRecord[]>;
  /**
   * Some of the records of a collection that are about records of another one, which are gone, and go with those (`about`,
   * `cascade`), whoever wrote them; without those that a hold keeps.
   */
  recordsAbout(
    collection: string,
    gone: readonly unknown[],
    free: Free & { readonly limit: number },
  ): Promise<SourceRecord[]>;
  /** Some of the records that are due; held subjects left out. Of a rule that asks for the owner too: that may be due. */
  dueRecords(collection: string, due: StillDue & { readonly limit: number }): Promise<SourceRecord[]>;
  countDue(collection: string, due: StillDue): Promise<number>;
  /** The same records page by page, with the facts by which each is decided; from `after`, the `next` of the page before. */
  candidates(collection: string, due: StillDue & { readonly limit: number }, after?: unknown): Promise<CandidatePage>;
  /** Those of the records that are there, with these facts. */
  factsOf(collection: string, ids: readonly unknown[], redaction?: Redaction): Promise<FactRecord[]>;
  /** Those of the records that are there, by the string form of their keys. */
  recordsNamed(collection: string, keys: readonly string[]): Promise<FactRecord[]>;
  /** Size of the records in the database, without their files. */
  bytesOf(collection: string, ids: readonly unknown[]): Promise<number>;
  /**
   * The subject's records of a collection as plain data, in the order of their keys, with these fields (inventory paths) and
   * no others; what is never exported is left out. From `after`, the `next` of the page before.
   */
  exportOf(
    subject: string,
    collection: string,
    paths: readonly string[],
    limit: number,
    after?: unknown,
  ): Promise<ExportPage>;
  /**
   * The same of records that are about the subject though somebody else wrote them (`about`), without who did; of other
   * collections nothing.
   */
  exportAbout(
    subject: string,
    collection: string,
    paths: readonly string[],
    limit: number,
    after?: unknown,
  ): Promise<ExportPage>;
  /** What the subjects' own records say of them, all at once; subjects without a record are left out. */
  profilesOf(subjects: readonly string[]): Promise<Map<string, Profile>>;
  /**
   * Ends all that is due without looking at each; answers how many went, or were left without the fields of the redaction.
   * With `limit`, about so many, and fewer only where no more are due. For records that hold no files and have no remixes.
   */
  endDue(collection: string, due: StillDue & { readonly limit?: number }): Promise<number>;
  /** All records of a collection; with `limit`, it stops counting there. */
  count(collection: string, limit?: number): Promise<number>;
  /**
   * Removes records and answers how many of them are gone, those that were gone before included, so that repeating it
   * after a crash tells the same. With `stillDue`, only those that are due and free at this moment: a person may have saved one.
   */
  remove(collection: string, ids: readonly unknown[], stillDue?: StillDue): Promise<number>;
  /** Takes fields out of records, with the same guard; answers how many of these records are without them, or gone, now. */
  redact(collection: string, ids: readonly unknown[], redaction: Redaction, stillDue?: StillDue): Promise<number>;
  /** Takes the person out of records that must stay; answers how many of them are without the person now. */
  detach(collection: string, ids: readonly unknown[]): Promise<number>;
  /** Those of the files that some record still holds. */
  stillReferenced(files: readonly FileRef[]): Promise<FileRef[]>;
  /** Everything by which the subject could be recognised later; taken down before anything is erased. */
  identify(subject: string): Promise<Identifiers>;
  /**
   * The values of all account and payment fields of a subject, the keys of the records that hold them, and its own key: what
   * must not stand in anything that leaves. Dates and flags are left out.
   */
  ownValues(subject: string): Promise<PersonalValue[]>;
  /**
   * Where any of these identifiers still stands, in fields and collections that the inventory does not name too, and what
   * was looked at. What lawfully stays is told apart by `leftOf`.
   */
  residue(identifiers: Identifiers, look?: LookAgain): Promise<Residue>;
  /** Everybody who has records there, each once, with the values of a field in them; records of nobody, or of several, left out. */
  peopleBy(collection: string, records: CountedRecords): AsyncIterable<CountedPerson>;
}

/** A field as the inventory writes it and, with its anchor, the span of the records that count: `to` is not in it any more. */
export interface CountedRecords {
  readonly field: string;
  /** Of one person no more different values than this are told. */
  readonly most: number;
  readonly anchor?: string;
  readonly from?: Date;
  readonly to?: Date;
}

export interface CountedPerson {
  readonly subject: string;
  /** Each once; null where a record has no such field. */
  readonly values: readonly FigureValue[];
}

export interface Identifiers {
  readonly subject: string;
  readonly addresses: readonly string[];
  /** Keys of the subject's records through which others lead to the person, by collection. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** Hashes and other forms of the key and the addresses, as the inventory or custom has them. */
  readonly forms?: readonly string[];
  /** Collections with more keys than were taken down: what leads through the rest of them cannot be looked for later. */
  readonly beyond?: readonly string[];
}

export interface SubjectPage {
  readonly subjects: readonly { readonly subject: string; readonly addresses: readonly string[] }[];
  /** Where the next page begins; plain data, so that it can be stored. Absent after the last one. */
  readonly next?: unknown;
}

export interface SourceRecord {
  readonly id: unknown;
  readonly files: readonly FileRef[];
  /** Key of the subject, where the record is a subject's own. */
  readonly subject?: string;
}

/** A record with what a decision on it needs. */
export interface FactRecord extends SourceRecord, Pick<RetentionRecord, 'anchors' | 'predicates'> {
  /** Key of the subject whose record it is; absent where it leads to nobody, or to several. */
  readonly owner?: string;
  /** Who may see it as its owner chose, where the inventory says in which field. */
  readonly visibility?: 'private' | 'link' | 'public';
}

export interface CandidatePage {
  readonly records: readonly FactRecord[];
  /** Where the next page begins; absent after the last one. */
  readonly next?: unknown;
}

export interface ExportPage {
  readonly records: readonly { readonly id: string; readonly fields: object }[];
  /** Where the next page begins; plain JSON, so that it can be stored. Absent after the last one. */
  readonly next?: unknown;
}

/** What is known of a subject besides their records. */
export interface Profile {
  /** As the host keeps it: ISO 3166, where it keeps that. */
  readonly residence?: string;
  readonly birthYear?: number;
  readonly traits: Readonly<Record<string, string | undefined>>;
  readonly anchors: Readonly<Record<string, Date | undefined>>;
}

/** What no hold keeps at this moment. */
export interface Free {
  readonly now: Date;
  readonly holds: readonly Hold[];
}

/** What makes a record due: its rule's end by `now + aheadMs`, and no hold. With a redaction: the end of these fields. */
export interface StillDue extends Free {
  readonly aheadMs: number;
  readonly redaction?: Redaction;
}
