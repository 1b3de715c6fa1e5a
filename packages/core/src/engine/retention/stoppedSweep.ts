import type { Stored } from '../stored.ts';

/** A rule whose sweep would take too much of a collection, and who allows it all the same. */
export interface StoppedSweep extends Stored {
  readonly rule: string;
  /** As the last sweep found it; absent once one went through. */
  readonly stop?: SweepStop;
  readonly signatures: readonly SweepSignature[];
}

export interface SweepStop {
  readonly collection: string;
  /** Records that would go. */
  readonly due: number;
  /** Records that are there. */
  readonly total: number;
  readonly at: Date;
}

/** A staff member's consent to exactly one stop. */
export interface SweepSignature {
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
  readonly collection: string;
  readonly due: number;
}
