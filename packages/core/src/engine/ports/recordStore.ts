import type { Stored } from '../stored.ts';
import type { CollectionName } from './collections.ts';

export { type CollectionName, collections } from './collections.ts';

/** Kept's own documents, by collection. Adapters: mongo, memory; both run `test/contracts/recordStore`. */
export interface RecordStore {
  collection<T extends Stored>(name: CollectionName): Records<T>;
  /** Creates indexes and runs migrations; safe to repeat and to run in several processes at once. */
  prepare(): Promise<void>;
}

export interface Records<T extends Stored> {
  /** Inserts; answers false, and changes nothing, where the id or a unique field is taken. */
  insert(document: T): Promise<boolean>;
  /** Inserts in order up to the first refusal; answers how many went in. */
  insertMany(documents: readonly T[]): Promise<number>;
  get(id: string): Promise<T | undefined>;
  find(
    where: Where,
    options?: { sort?: Readonly<Record<string, 1 | -1>>; limit?: number; skip?: number },
  ): Promise<T[]>;
  count(where: Where): Promise<number>;
  /** Replaces the version that was read; answers the new one. Throws RECORD_CONFLICT where somebody was faster. */
  replace(document: T): Promise<T>;
  remove(where: Where): Promise<number>;
  /** Takes the first match whose lease is free or over, for `holder`, until `until`; the version rises with it. */
  claim(where: Where, holder: string, now: Date, until: Date): Promise<T | undefined>;
  /** Takes events out of `pending` once they are in the chain, without touching anything else. */
  settle(id: string, eventIds: readonly string[]): Promise<void>;
}

/** All conditions must hold. A dotted name reaches into objects; on an array, any element may match. */
export type Where = Readonly<Record<string, Condition>>;
export type Condition =
  | string
  | number
  | boolean
  | null
  | { readonly in: readonly unknown[] }
  | { readonly not: string | number | boolean | null }
  | { readonly before: Date | string }
  | { readonly upTo: Date | string }
  | { readonly after: Date | string | number }
  | { readonly exists: boolean };
