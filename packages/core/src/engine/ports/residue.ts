/**
 * What a second look found of a person, place by place, and what it looked at: a receipt claims nothing else. Plain data, so
 * that a look that was interrupted goes on from what it had.
 */
export interface Residue {
  readonly found: readonly Residual[];
  /** Collections all of whose records were read. */
  readonly looked: readonly string[];
  /** Where only the fields of the inventory were asked for, or nothing at all, and why; without personal data. */
  readonly notLooked: readonly { readonly collection: string; readonly why: WhyNotLooked }[];
  /** It ended after the pieces that were asked for: asked again from here, it goes on. */
  readonly more?: true;
}

/** Too many keys: its records were read, and not all that hangs on them could be looked for. */
export type WhyNotLooked = 'too-many' | 'too-many-keys' | 'unreadable';

/** A place at which something by which the person is known still stands; never the value. */
export interface Residual {
  /** By its name in the inventory, or in the database where the inventory has none. */
  readonly collection: string;
  /** As the inventory writes it; `*` where the name of a field could itself tell somebody. */
  readonly path: string;
  readonly count: number;
  /** The inventory names this place. */
  readonly named: boolean;
  /** It is the place that leads to the person: these records are found, and can be ended, as theirs. */
  readonly leads: boolean;
}

export interface LookAgain {
  /** Collections with more records than this are not read whole. */
  readonly most?: number;
  /**
   * What an earlier look came to: it goes on behind that, and asks of what was read before no more than what leads to the
   * person from there by now.
   */
  readonly from?: Residue;
  /** It may end after so many collections, and says `more`, so that one answer need not wait for all of them. */
  readonly pieces?: number;
  /** After each page and each collection, with what was found so far. */
  readonly beat?: (soFar: Residue) => Promise<void>;
}

export const nothingLookedAt: Residue = { found: [], looked: [], notLooked: [] };
