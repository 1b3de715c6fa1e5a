import type { Decision } from '../../kernel/decision.ts';
import type { OwnView } from '../keptViews.ts';
import type { Stored } from '../stored.ts';

/** That a staff member looked, or asked to and was not let. */
export interface StoredView extends Stored, OwnView {
  /** Whose data it was; absent once an erasure has cut it loose. */
  readonly subject?: string;
  readonly staff: string;
  readonly outcome: Decision['outcome'];
}
