import { objectedTo } from '../../../kernel/objection/objectedTo.ts';
import { onlyFor } from '../../../kernel/objection/onlyFor.ts';
import { categoryLabel } from '../../../kernel/policy/categoryLabel.ts';
import type { Balance, ObjectionDecision } from '../../../kernel/request/objectionDecision.ts';
import { changeRequest } from '../../requests/changeRequest.ts';
import type { StoredRequest } from '../../stored.ts';
import { answerFrame } from '../answerFrame.ts';
import { labelsOf, purposeLabel } from '../choiceAnswer.ts';
import { choiceClaims } from '../choiceClaims.ts';
import type { Executor } from '../executor.ts';
import { sayNo, sourceOf } from '../sayNo.ts';
import { unrefusable } from './endUnrefusable.ts';
import { weighObjection } from './weighObjection.ts';

/**
 * Objection (Art 21 GDPR). What is objected to stops before anybody weighs it: for good where nothing may be weighed, such as
 * marketing, and else meanwhile (Art 18(1)(d)). The restriction is one of these purposes: all others go on.
 */
export const objection: Executor = {
  async begin(world, request, now) {
    const { atOnce, weighed } = objectedTo(world.policy, request.asks?.purposes);
    await sayNo(world, request.subject, { flags: [], purposes: [...atOnce, ...weighed] }, sourceOf(request));
    // What cannot be objected to is for staff to explain.
    if (weighed.length > 0 || atOnce.length === 0) return;
    const decision = { right: 'objection', balances: [] } as const;
    await changeRequest(world, request._id, { type: 'Decide', by: 'kept', decision }, now);
  },

  weigh: weighObjection,

  async run(world, request, beat) {
    await beat();
    const { atOnce } = objectedTo(world.policy, request.asks?.purposes);
    const purposes = [...atOnce, ...purposesOf(request, 'upheld')];
    const overridden = purposesOf(request, 'overridden');
    const recorded = { flags: [], purposes };
    // Who was decided on before anything began; else it was said, and what the person has said since then stands.
    if (!request.begun) await sayNo(world, request.subject, recorded, sourceOf(request), beat);
    return { missing: [], also: { recorded, ...(overridden.length > 0 && { goesOnOnceTold: overridden }) } };
  },

  /** What was weighed goes on, and of what was taken back all of it; nobody may refuse to end marketing (Art 21(3) GDPR). */
  dropped(world, request, by) {
    const { atOnce, weighed } = objectedTo(world.policy, request.asks?.purposes);
    const stopped = 'subject' in request;
    if (by === 'Withdraw') return stopped ? { goesOnOnceTold: [...atOnce, ...weighed] } : {};
    const recorded = { flags: [], purposes: unrefusable(world, request) };
    return { ...(stopped && { goesOnOnceTold: weighed }), ...(recorded.purposes.length > 0 && { recorded }) };
  },

  async claims(world, request, now) {
    const { claims, notClaimed } = await choiceClaims(world, request, now);
    const balances = balancesOf(request).map(({ purpose, outcome, article }) => ({ purpose, outcome, article }));
    return { claims: balances.length > 0 ? [...claims, { what: 'weighed', balances }] : claims, notClaimed };
  },

  async answer(world, request) {
    const recorded = request.recorded ?? { flags: [], purposes: [] };
    return {
      letter: 'rights-objection-decided',
      model: {
        ...(await answerFrame(world, request)),
        stopped: labelsOf(world, recorded),
        overridden: balancesOf(request)
          .filter(({ outcome }) => outcome === 'overridden')
          .map(({ purpose, reasons, article }) => ({ label: purposeLabel(world.policy, purpose), reasons, article })),
        onlyFor: onlyFor(world.policy, recorded.purposes).map((category) => categoryLabel(world.policy, [category])),
      },
    };
  },
};

function purposesOf(request: StoredRequest, outcome: Balance['outcome']): string[] {
  return balancesOf(request)
    .filter((balance) => balance.outcome === outcome)
    .map(({ purpose }) => purpose);
}

function balancesOf(request: StoredRequest): readonly Balance[] {
  const decision = 'decision' in request ? (request.decision as ObjectionDecision | undefined) : undefined;
  return decision?.balances ?? [];
}
