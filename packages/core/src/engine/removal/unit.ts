import type { Redaction } from '../../kernel/policy/inventory.ts';
import type { Stored } from '../stored.ts';

/**
 * One batch of removal, written down before anything goes, so that a crash leaves nothing half-erased and unknown. Once it is
 * done it names no records and no files any more but those that are left.
 */
export interface Unit extends Stored {
  readonly run: string;
  readonly collection: string;
  readonly action: 'erase' | 'detach' | 'redact';
  /** The fields that go, where the records stay. */
  readonly redaction?: Redaction;
  /**
   * Of a unit that ends all that is due at once, without naming records: how many there were. What is left of them tells
   * after a crash how many went.
   */
  readonly counted?: { readonly due: number; readonly aheadMs: number };
  /** Whose records they are, where they are one person's. */
  readonly subject?: string;
  readonly ids: readonly unknown[];
  readonly files: readonly FileRef[];
  readonly state: 'open' | 'done';
  readonly done: number;
  readonly filesDone: number;
  readonly filesShared: number;
  /** Files that could not go, though the records that led to them are gone: only from here are they still found. */
  readonly filesLeft?: readonly FileLeft[];
  /** When they are tried again; absent where none is left. */
  readonly retryAt?: Date;
  readonly at: Date;
}

/** A file that its store did not let go, and why. */
export interface FileLeft extends FileRef {
  readonly state: 'locked' | 'denied' | 'failed';
  readonly until?: Date;
  readonly code?: string;
}

export interface FileRef {
  readonly store: string;
  readonly key: string;
}
