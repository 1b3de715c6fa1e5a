import type { FigureTable } from '../kernel/figures/suppress.ts';

export type { FigureTable, FigureValue, Group } from '../kernel/figures/suppress.ts';

/** Reads that look at groups of people, and at nobody among them. */
export interface Figures {
  /**
   * How many people have each value of a field. Who objects, or is restricted, or of whom the policy cannot say is not
   * counted; groups below the purpose's minimum are not shown, see `suppress`. Answers about different spans are answers
   * about different people: compare them only where nobody could have come or gone alone.
   * Throws FIGURES_INVALID for what the inventory or the policy does not have, FIGURES_REFUSED where the purpose sets no
   * minimum, does not reach the field, or the values are too many to be groups.
   */
  count(question: FigureQuestion): Promise<FigureTable>;
}

export interface FigureQuestion {
  readonly collection: string;
  /** Path of the field, as the inventory writes it. */
  readonly by: string;
  readonly purpose: string;
  /** Records from this instant on, by their only anchor, or the one that their retention rule counts from. */
  readonly from?: Date;
  /** Records before this instant. */
  readonly to?: Date;
}
