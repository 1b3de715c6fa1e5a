import type { Decision } from '../kernel/decision.ts';
import type { Page } from './kept.ts';

/** Looks that staff take at people's data: for a purpose of the policy, with a reason, and told to the person. */
export interface Views {
  /**
   * Asks whether a staff member may look, and writes down that they asked before it answers: show the data only where the
   * decision is `permitted`. Throws APPROVAL_REFUSED for somebody who is not in office, REASON_INVALID, QUESTION_INVALID for
   * words that the vocabulary does not have, VIEW_INVALID, INPUT_INVALID, SUBJECT_INVALID.
   */
  open(view: NewView): Promise<{ readonly decision: Decision; readonly view: string }>;
  /** What staff saw of a person, newest first, for that person: which role looked, never who it was. */
  of(subject: string, options?: { readonly skip?: number; readonly limit?: number }): Promise<Page<OwnView>>;
}

export interface NewView {
  /** Id of the staff member. */
  readonly by: string;
  /** Whose data it is. */
  readonly subject: string;
  /** What is looked at: a category, or fields of a collection, or all that the inventory names of it. */
  readonly category?: string;
  readonly collection?: string;
  readonly fields?: readonly string[];
  /** String form of the record's key, where it is a single one. */
  readonly record?: string;
  readonly purpose: string;
  /** 5 to 300 characters that name nobody: a ticket, an incident. The person reads it. */
  readonly reason: string;
}

export interface OwnView {
  readonly at: Date;
  readonly role: 'agent' | 'lead';
  readonly purpose: string;
  readonly reason: string;
  readonly categories: readonly string[];
  readonly collection?: string;
  readonly record?: string;
}
