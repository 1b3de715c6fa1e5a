import type { Recorded } from './rights/sayNo.ts';

/** What a request keeps of a choice or a correction that it asked for. */
export interface ChoiceFields {
  /** What was taken down, once its run has ended. */
  readonly recorded?: Recorded;
  /** Purposes whose objection was overridden: they go on once the person has been told so. */
  readonly goesOnOnceTold?: readonly string[];
  /** The address that is to be registered, which its owner confirms by a link sent there. */
  readonly newAddress?: { readonly address: string; readonly expiresAt: Date; readonly confirmedAt?: Date };
}
