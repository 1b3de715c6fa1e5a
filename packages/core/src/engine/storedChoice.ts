import type { Recorded } from './rights/sayNo.ts';

/** What a request keeps of a choice or a correction that it asked for. */
export interface ChoiceFields {
  /** What was taken down, once its run has ended. */
  readonly recorded?: Recorded;
  /** Purposes whose objection was overridden, refused or taken back: they go on once the person has been told so. */
  readonly goesOnOnceTold?: readonly string[];
  /** The address that is to be registered, which its owner confirms by a link sent there. */
  readonly newAddress?: NewAddress;
  /** The evidence has what was corrected. */
  readonly correctedAt?: Date;
}

/** Counts up with each address: a link to one confirms no other. */
export interface NewAddress {
  readonly number: number;
  readonly address: string;
  readonly expiresAt: Date;
  readonly confirmedAt?: Date;
}
