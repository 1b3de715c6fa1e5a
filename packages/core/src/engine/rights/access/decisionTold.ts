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
  return {
    corrected: corrections.map(({ collection, field }) => ({ collection, field })),
    statements: statements.map(({ collection, field, record, text }) => ({ collection, field, record, text })),
  };
}
