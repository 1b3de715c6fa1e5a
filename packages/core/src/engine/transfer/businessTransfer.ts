import type { FileStore } from '../ports/edges.ts';
import type { Stored } from '../stored.ts';

/** Data that goes to a successor in business: what was counted, who signed for exactly that, who was told, and what went. */
export interface BusinessTransfer extends Stored {
  /** Name of the recipient in the policy. */
  readonly successor: string;
  /** Reference of the contract or register entry on which it rests. */
  readonly reference: string;
  /** What people are told of it, in plain words. */
  readonly notice: string;
  readonly waitingDays: number;
  readonly preview: TransferPreview;
  readonly prepared: { readonly by: string; readonly at: Date };
  readonly signatures: readonly { readonly by: string; readonly at: Date }[];
  /** Set with the second signature. */
  readonly approvedAt?: Date;
  /** Until when people may object; nothing goes before. */
  readonly objectBy?: Date;
  readonly telling?: { readonly after?: unknown; readonly told: number; readonly doneAt?: Date };
  readonly run?: TransferRun;
  readonly withdrawn?: { readonly by: string; readonly at: Date };
  /** The letters, which hold addresses, are forgotten. */
  readonly clearedAt?: Date;
}

export interface TransferPreview {
  readonly at: Date;
  readonly categories: readonly string[];
  readonly people: number;
  readonly leftOut: LeftOut;
  /** Hash of the policy by which it was counted. */
  readonly policy: string;
  /** SHA-256 of the terms and the counts: signatures are for exactly that. */
  readonly hash: string;
}

/** People whose data does not go, by the first reason that holds. */
export interface LeftOut {
  readonly objection: number;
  readonly restriction: number;
  /** They asked for erasure, and confirmed it. */
  readonly erasure: number;
  /** A fact that decides on it is not known. */
  readonly undetermined: number;
  /** No letter reached them in time, so they could not object. */
  readonly untold: number;
  readonly other: number;
}

export interface TransferRun {
  readonly startedAt: Date;
  readonly after?: unknown;
  /** Units that are done. */
  readonly units: number;
  readonly people: number;
  readonly leftOut: LeftOut;
  readonly files: readonly TransferFile[];
  readonly doneAt?: Date;
}

export interface TransferFile {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Where the files go; the same name again replaces the file. Kept's own file stores are such. */
export interface TransferSink {
  put(name: string, content: Uint8Array): Promise<unknown>;
  remove: FileStore['remove'];
}

export const NOBODY: LeftOut = { objection: 0, restriction: 0, erasure: 0, undetermined: 0, untold: 0, other: 0 };
