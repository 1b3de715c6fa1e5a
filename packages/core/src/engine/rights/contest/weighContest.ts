import { KeptError } from '../../../kernel/keptError.ts';
import type { RightDecision } from '../../../kernel/request/rightDecision.ts';
import { signersOf } from '../../../kernel/request/signersOf.ts';
import { demandText } from '../../demandText.ts';
import type { StoredRequest } from '../../stored.ts';
import type { World } from '../../world.ts';
import { contestedOf } from './takeUpContest.ts';

const MOST_REASON = 4000;

/**
 * A decision on a complaint or an appeal, with its reason in writing. An appeal is not decided by who decided before.
 * Throws DECISION_INVALID, INPUT_INVALID, APPROVAL_REFUSED.
 */
export async function weighContest(
  world: World,
  request: StoredRequest,
  decision: RightDecision,
  by: string,
): Promise<RightDecision> {
  if (decision.right !== 'complaint' && decision.right !== 'appeal') throw invalid();
  const { right, outcome } = decision;
  if (outcome !== 'upheld' && outcome !== 'rejected') throw invalid();
  const reason = demandText(decision.reason, 'reason', MOST_REASON);

  const contested = right === 'appeal' ? await contestedOf(world, request) : undefined;
  if (contested && signersOf(contested).has(by)) {
    throw new KeptError('APPROVAL_REFUSED', 'An appeal is decided by somebody who did not decide before', {
      place: `request ${request._id}`,
      remedy: 'Ask a colleague who had no part in the answer.',
    });
  }
  return { right, outcome, reason };
}

function invalid(): KeptError {
  return new KeptError('DECISION_INVALID', 'This is no decision on a complaint or an appeal', {
    place: 'decision',
    remedy: 'Say whether it is upheld or rejected, and why.',
  });
}
