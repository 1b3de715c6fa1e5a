import { type OptOut, optedOut } from '../../../kernel/consent/optedOut.ts';
import { choiceAnswer } from '../choiceAnswer.ts';
import { choiceClaims } from '../choiceClaims.ts';
import type { Executor } from '../executor.ts';
import { sayNo, sourceOf } from '../sayNo.ts';

/** The opt-outs of training, marketing and sale: each a no to all that the policy has of it. */
export const optout: Executor = {
  async run(world, request, beat) {
    const recorded = optedOut(world.policy, request.right as OptOut);
    await sayNo(world, request.subject, recorded, sourceOf(request), beat);
    return { missing: [], also: { recorded } };
  },
  claims: choiceClaims,
  answer: choiceAnswer,
};
