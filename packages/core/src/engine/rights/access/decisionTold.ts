import type { PlannedCorrection } from '../../../kernel/request/rectificationDecision.ts';
import type { StoredRequest } from '../../stored.ts';
import type { OwnMask } from './ownFiles.ts';

/** What was weighed of a request, and what the person said of data that stayed as it is; who weighed it is masked. */
export function decisionTold(request: StoredRequest, mask: OwnMask): object {
  const decision = 'decision' in request ? request.decision : undefined;
  if (decision?.right === 'objection') {
    const balances = decision.balances.map(({ purpose, outcome, reasons, article }) => ({
      ...{ purpose, outcome, article },
      reasons: mask.text('balances.reasons', reasons),
    }));
    return { balances };
  }
  if (decision?.right !== 'rectification') return {};
  const { corrections, statements = [] } = decision;
  // A decision that waits, or was refused after all, has corrected nothing.
  const isEnded = request.status === 'fulfilled' || request.status === 'partly-fulfilled';
  return {
    corrected: (isEnded ? (corrections as readonly PlannedCorrection[]) : [])
      .filter(({ places }) => places.length > 0)
      .map(({ collection, field }) => ({ collection, field })),
    statements: statements.map(({ collection, field, record, text }) => ({ collection, field, record, text })),
  };
}
