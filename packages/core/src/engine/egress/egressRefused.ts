import type { Decision, Reason } from '../../kernel/decision.ts';
import { KeptError } from '../../kernel/keptError.ts';

/** EGRESS_REFUSED: nothing left, and why. */
export class EgressRefused extends KeptError {
  readonly outcome: Exclude<Decision['outcome'], 'permitted'>;
  readonly because: readonly Reason[];
  /** Facts whose absence left it undetermined. */
  readonly missing: readonly string[];

  constructor(place: string, { outcome, because, missing }: Pick<EgressRefused, 'outcome' | 'because' | 'missing'>) {
    const reasons = because.map(({ rule, clause, text }) => `${text} (${clause === '' ? rule : `${rule}, ${clause}`})`);
    const remedy = 'Ask for what the policy permits, or leave it.';
    super('EGRESS_REFUSED', `Nothing leaves: ${reasons.join('; ')}`, { place, remedy });
    this.outcome = outcome;
    this.because = because;
    this.missing = missing;
  }
}
