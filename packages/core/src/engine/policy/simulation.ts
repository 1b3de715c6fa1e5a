import type { Flip } from '../../kernel/change/flippedDecisions.ts';

/** What a new version would do to the data and the people of a live database, before anybody proposes it. */
export interface Simulation {
  readonly collections: readonly SimulatedCollection[];
  readonly documents: number;
  readonly decisions: {
    /** Questions asked about each person. */
    readonly asked: number;
    /** About somebody of whom nothing is known. */
    readonly neutral: Flips;
    /** About everybody whose choices are recorded, as they are. */
    readonly people: { readonly count: number; readonly flipping: number; readonly samples: readonly PersonFlips[] };
  };
  /** Present where more documents than the limit are touched: counting stopped there. */
  readonly refused?: { readonly limit: number };
}

export interface SimulatedCollection {
  readonly collection: string;
  /** The rule that takes fields out of the documents, where they stay themselves. */
  readonly redaction?: string;
  /** Over now under the new version and not under the old one. */
  readonly goes: Touched;
  /** Over now under the old version and not under the new one. */
  readonly stays: Touched;
}

export interface Touched {
  readonly documents: number;
  /** Of the documents in the database. */
  readonly bytes: number;
  readonly files: number;
  readonly fileBytes: number;
  /** Distinct people whose documents they are. */
  readonly subjects: number;
  /** Ids of some of them. */
  readonly samples: readonly string[];
}

export interface Flips {
  readonly count: number;
  readonly samples: readonly Flip[];
}

/** People of whom the same is known, and what flips for them. */
export interface PersonFlips extends Flips {
  readonly people: number;
  /** Keys of some of them. */
  readonly subjects: readonly string[];
}
