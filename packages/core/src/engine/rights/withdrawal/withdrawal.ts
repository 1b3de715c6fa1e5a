import { consentStanding } from '../../../kernel/consent/consentStanding.ts';
import { notBeforeLastWord } from '../../../kernel/consent/notBeforeLastWord.ts';
import { objectedTo } from '../../../kernel/objection/objectedTo.ts';
import { covers } from '../../../kernel/policy/vocabulary.ts';
import { consents } from '../../subjects/consents.ts';
import { personFacts } from '../../subjects/personFacts.ts';
import type { World } from '../../world.ts';
import { choiceAnswer } from '../choiceAnswer.ts';
import { choiceClaims } from '../choiceClaims.ts';
import type { Executor, RunningRequest } from '../executor.ts';
import { type Recorded, sayNo, sourceOf } from '../sayNo.ts';

/** Withdrawal of consent (Art 7(3) GDPR): of what was named, else of all that is given. */
export const withdrawal: Executor = {
  async run(world, request, beat) {
    const recorded = await meantBy(world, request);
    await sayNo(world, request.subject, recorded, sourceOf(request), beat);
    return { missing: [], also: { recorded } };
  },
  claims: choiceClaims,
  answer: choiceAnswer,
};

async function meantBy(world: World, request: RunningRequest): Promise<Recorded> {
  const { policy } = world;
  const { asks, subject, startedAt } = request;
  if (asks?.flags) return { flags: asks.flags, purposes: [] };
  if (asks?.purposes) {
    const named = asks.purposes;
    const flags = policy.consents
      .filter(({ gates }) => gates.purposes.some((gated) => named.some((word) => covers(word, gated))))
      .map(({ flag }) => flag);
    // Somebody who calls it a consent means it all the same where it rests on something else.
    return { flags, purposes: flags.length > 0 ? [] : objectedTo(policy, named).atOnce };
  }
  // What an interrupted run has taken back already was meant too.
  const history = (await consents(world).history(subject)).filter(({ source }) => source !== sourceOf(request));
  const { country } = await personFacts(world, subject, startedAt);
  const now = notBeforeLastWord(history, startedAt);
  const known = new Set([...policy.consents, ...history].map(({ flag }) => flag));
  const stands = (flag: string): boolean => consentStanding(policy, flag, { history, country }, now).stands;
  return { flags: [...known].filter(stands), purposes: [] };
}
