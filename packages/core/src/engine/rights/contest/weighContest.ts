import { KeptError } from '../../../kernel/keptError.ts';
import type { RightDecision } from '../../../kernel/request/rightDecision.ts';
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

  if (right === 'appeal' && (await decidersOf(world, request)).has(by)) {
    throw new KeptError('APPROVAL_REFUSED', 'An appeal is decided by somebody who did not decide before', {
      place: `request ${request._id}`,
      remedy: 'Ask a colleague who had no part in the answer.',
    });
  }
  return { right, outcome, reason };
}

/** Everybody who had a part in the answer that the appeal is against. */
async function decidersOf(world: World, request: StoredRequest): Promise<Set<string>> {
  const contested = await contestedOf(world, request);
  if (!contested) return new Set();
  // Whatever its state, the document keeps what was signed on the way to it.
  const { refusal, answeredBy, proposal, approval, decision } = contested as object as Signatures;
  const signed = [refusal?.by, answeredBy, proposal?.by, approval?.by, decision?.by];
  return new Set(signed.filter((each): each is string => each !== undefined));
}

interface Signatures {
  readonly answeredBy?: string;
  readonly refusal?: { readonly by: string };
  readonly proposal?: { readonly by: string };
  readonly approval?: { readonly by: string };
  readonly decision?: { readonly by: string };
}

function invalid(): KeptError {
  return new KeptError('DECISION_INVALID', 'This is no decision on a complaint or an appeal', {
    place: 'decision',
    remedy: 'Say whether it is upheld or rejected, and why.',
  });
}
