import type { Found, Hold } from '../../kernel/decision.ts';
import type { FileRef } from '../stored.ts';

/**
 * A host's personal data, in the engine's words. A subject is named by the string form of its key at the host.
 * Adapter: mongo (by inventory). Conformance: `test/contracts/personalDataSource`.
 */
export interface PersonalDataSource {
  readonly kind: string;
  /** Subjects at which this email address is registered now; several are never merged. */
  subjectsAt(address: string): Promise<string[]>;
  addressesOf(subject: string): Promise<string[]>;
  exists(subject: string): Promise<boolean>;
  /** Counts what is there of the subject, collection by collection, collections without anything left out. */
  survey(subject: string): Promise<Found[]>;
  /**
   * The next records of the subject in a collection, oldest first, with the files they hold. With `captured`, those too
   * that lead to the person by way of records that are gone, such as new logs of an erased API key.
   */
  recordsOf(subject: string, collection: string, limit: number, captured?: Identifiers): Promise<SourceRecord[]>;
  /** The next records whose retention ends by `now + aheadMs`; held subjects left out. */
  dueRecords(collection: string, now: Date, options: DueOptions): Promise<SourceRecord[]>;
  countDue(collection: string, now: Date, options: Omit<DueOptions, 'limit'>): Promise<number>;
  count(collection: string): Promise<number>;
  /**
   * Removes records and answers how many of them are gone, those that were gone before included, so that repeating it
   * after a crash tells the same. With `stillDue`, only those that are due and free at this moment: a person may have saved one.
   */
  remove(collection: string, ids: readonly unknown[], stillDue?: StillDue): Promise<number>;
  /** Takes the person out of records that must stay; answers how many of them are without the person now. */
  detach(collection: string, ids: readonly unknown[]): Promise<number>;
  /** Those of the files that some record still holds. */
  stillReferenced(files: readonly FileRef[]): Promise<FileRef[]>;
  /** Everything by which the subject could be recognised later; taken down before anything is erased. */
  identify(subject: string): Promise<Identifiers>;
  /** Where any of these identifiers still stands, whatever the field's category. */
  residue(identifiers: Identifiers): Promise<Found[]>;
}

export interface Identifiers {
  readonly subject: string;
  readonly addresses: readonly string[];
  /** Keys of the subject's records through which others lead to the person, by collection. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
}

export interface SourceRecord {
  readonly id: unknown;
  readonly files: readonly FileRef[];
  /** Key of the subject, where the record is a subject's own. */
  readonly subject?: string;
}

export interface StillDue {
  readonly now: Date;
  readonly aheadMs: number;
  readonly holds: readonly Hold[];
}

export interface DueOptions extends Omit<StillDue, 'now'> {
  readonly limit: number;
}
