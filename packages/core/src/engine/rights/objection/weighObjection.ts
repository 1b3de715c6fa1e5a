import { KeptError } from '../../../kernel/keptError.ts';
import { objectedTo } from '../../../kernel/objection/objectedTo.ts';
import type { Balance, ObjectionDecision } from '../../../kernel/request/objectionDecision.ts';
import type { RightDecision } from '../../../kernel/request/rightDecision.ts';
import { demandText } from '../../demandText.ts';
import type { StoredRequest } from '../../stored.ts';
import type { World } from '../../world.ts';

const LONGEST = 4_000;

/** One balance for each purpose that has to be weighed, each with its interests, reasons and article. Throws DECISION_INVALID. */
export async function weighObjection(
  { policy }: World,
  { asks }: StoredRequest,
  decision: RightDecision,
): Promise<ObjectionDecision> {
  const { balances } = decision as ObjectionDecision;
  const { weighed } = objectedTo(policy, asks?.purposes);
  const named: unknown[] = Array.isArray(balances) ? balances.map((each: Balance | undefined) => each?.purpose) : [];
  if (named.length !== weighed.length || weighed.some((purpose) => !named.includes(purpose))) {
    throw invalid('Each purpose is weighed once', `Weigh exactly: ${weighed.join(', ') || 'nothing'}.`);
  }
  return { right: 'objection', balances: balances.map(balanceOf) };
}

function balanceOf({ purpose, outcome, interests, reasons, article }: Balance): Balance {
  if (outcome !== 'upheld' && outcome !== 'overridden')
    throw invalid('An objection is upheld or overridden', 'Use one of: upheld, overridden.');
  return {
    purpose,
    outcome,
    interests: demandText(interests, 'interests', LONGEST),
    reasons: demandText(reasons, 'reasons', LONGEST),
    article: demandText(article, 'article', 200),
  };
}

function invalid(message: string, remedy: string): KeptError {
  return new KeptError('DECISION_INVALID', message, { place: 'balances', remedy });
}
