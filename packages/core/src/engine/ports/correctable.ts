import type { CorrectedValue } from '../../kernel/request/asks.ts';

/** A field of a subject's records, or of one of them by the string form of its key. */
export interface FieldAt {
  readonly collection: string;
  /** As the inventory writes it, such as `identities[].email`. */
  readonly field: string;
  readonly record?: string;
}

/** What of a person's data can be corrected in place; a part of `PersonalDataSource`. Instants are told in ISO 8601. */
export interface Correctable {
  /**
   * How many records of the subject have the place, and what stands there: each value once, at most `most` of them. What is
   * no text, number, boolean or instant, is left out, as is what is empty.
   */
  valuesOf(subject: string, at: FieldAt, most: number): Promise<{ records: number; values: readonly CorrectedValue[] }>;
  /** How many records of the subject hold the value there. Texts are equal in whatever case they were typed. */
  countHolding(subject: string, at: FieldAt, value: CorrectedValue): Promise<number>;
  /**
   * Puts `to` wherever the field holds `from` (null: nothing), in every list that it lies in, and in the way in which it is
   * stored there. At most `limit` records; answers how many were changed: again, until it is none.
   */
  correct(subject: string, correction: FieldAt & Change & { readonly limit: number }): Promise<number>;
}

export interface Change {
  readonly from: CorrectedValue | null;
  readonly to: CorrectedValue;
}
