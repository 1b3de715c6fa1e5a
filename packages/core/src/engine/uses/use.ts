import type { Stored } from '../stored.ts';
import type { World } from '../world.ts';

/** A record that may go into a set, and all that it would bring with it. */
export interface SetItem {
  readonly subject: string;
  /** The host's id of the record. */
  readonly record: string;
  readonly categories: readonly string[];
}

/** One record that was used, and by which choice. */
export interface Use extends Stored {
  readonly kind: 'use';
  readonly set: string;
  readonly purpose: string;
  readonly categories: readonly string[];
  readonly record: string;
  /** Whose it was; absent once the person is erased. What is left then says only that the record must go from the set. */
  readonly subject?: string;
  /** The person's keyed hash, as in the manifest; absent where no rule lets it outlast the person. */
  readonly mark?: string;
  readonly at: Date;
  /** Version of the notice by which it was permitted. */
  readonly policyVersion: number;
  /** The consents that it needed, with the version under which each was last spoken of; absent where nothing was said. */
  readonly flags: readonly { readonly flag: string; readonly version?: number }[];
  readonly erasedAt?: Date;
  /** It has gone from every copy of the set. */
  readonly takenAt?: Date;
}

/** A set as a whole. */
export interface UseSet extends Stored {
  readonly kind: 'set';
  readonly set: string;
  readonly purpose: string;
  readonly at: Date;
}

/** A line of the manifest. */
export interface SetLine {
  readonly subject: string | null;
  readonly record: string;
  readonly categories: readonly string[];
  readonly at: Date;
  /** Of the notice. */
  readonly version: number;
  readonly flags: Use['flags'];
}

export function lineOf({ mark, record, categories, at, policyVersion, flags }: Use): SetLine {
  return { subject: mark ?? null, record, categories, at, version: policyVersion, flags };
}

export function setId({ service, crypto }: World, set: string): string {
  return `set-${crypto.sha256(`${service}\n${set}`).slice(0, 32)}`;
}

/** The same record of the same set has one id, whoever writes it down and how often. */
export function useId(
  { service, crypto }: World,
  set: string,
  { subject, record }: Omit<SetItem, 'categories'>,
): string {
  return `use-${crypto.sha256(`${service}\n${set}\n${subject}\n${record}`).slice(0, 40)}`;
}
