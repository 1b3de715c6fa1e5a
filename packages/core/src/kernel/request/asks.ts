import type { RestrictionGround } from './restrictionGround.ts';

/** What exactly somebody asks for, as far as they said; what is absent means all that their right covers. */
export interface Asks {
  /** Objection, consent withdrawal: words of the vocabulary. */
  readonly purposes?: readonly string[];
  /** Consent withdrawal: flags of the policy. */
  readonly flags?: readonly string[];
  /** Restriction. */
  readonly ground?: RestrictionGround;
  /** Rectification, as the person wants it; a staff member decides. */
  readonly corrections?: readonly Correction[];
}

/** A field of somebody's own records, and what is to stand in it. */
export interface Correction {
  readonly collection: string;
  /** As the inventory writes it, such as `identities[].email`. */
  readonly field: string;
  /** Key of the record in its string form; absent where the collection holds one record of the person. */
  readonly record?: string;
  /** Which of several values there is wrong; absent where only one stands there. */
  readonly was?: CorrectedValue;
  readonly value: CorrectedValue;
}

/** Instants in ISO 8601. */
export type CorrectedValue = string | number | boolean;
