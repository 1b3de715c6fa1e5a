import { covers } from '../../kernel/policy/vocabulary.ts';
import { dayOf } from '../outbox/letterFrame.ts';
import type { LetterModels } from '../ports/letterModels.ts';
import { uses } from '../uses/uses.ts';
import type { World } from '../world.ts';
import { answerFrame } from './answerFrame.ts';
import type { Answer, EndedRequest } from './executor.ts';
import type { Recorded } from './sayNo.ts';

/** Uses that a letter adds up; the page of uses shows them all. */
const MOST_USES = 500;

/** What was taken down, what was used before, and that a no works for what is to come (Art 7(3) GDPR). */
export async function choiceAnswer(world: World, request: EndedRequest): Promise<Answer> {
  const { policy, publicUrl } = world;
  const recorded = request.recorded ?? { flags: [], purposes: [] };
  const sale = policy.never.find(({ purposes }) => purposes.some((purpose) => covers('sale', purpose)));
  return {
    letter: 'rights-choice-recorded',
    model: {
      ...(await answerFrame(world, request)),
      right: request.right,
      since: dayOf(world, request.startedAt),
      stopped: labelsOf(world, recorded),
      used: await usedBefore(world, request, recorded),
      neverSold: request.right === 'optout-sale' && sale ? sale.label : null,
      link: publicUrl,
    },
  };
}

/** What is not done any more, as the notice calls it. */
export function labelsOf({ policy }: World, { flags, purposes }: Recorded): string[] {
  const labels = [
    ...flags.map((flag) => policy.consents.find((each) => each.flag === flag)?.label ?? flag),
    ...purposes.map((purpose) => purposeLabel(policy, purpose)),
  ];
  return [...new Set(labels)];
}

export function purposeLabel({ purposes, vocabulary }: World['policy'], purpose: string): string {
  return [...purposes, ...vocabulary.purposes].find(({ name }) => name === purpose)?.label ?? purpose;
}

type Used = LetterModels['rights-choice-recorded']['used'];

async function usedBefore(world: World, request: EndedRequest, { flags, purposes }: Recorded): Promise<Used> {
  const gated = world.policy.consents.filter(({ flag }) => flags.includes(flag)).flatMap(({ gates }) => gates.purposes);
  const refused = [...purposes, ...gated];
  const { items } = await uses(world).of(request.subject, { before: request.startedAt, limit: MOST_USES });
  const sets = Map.groupBy(
    items.filter(({ purpose }) => refused.some((word) => covers(word, purpose))),
    ({ set }) => set,
  );
  return [...sets].map(([set, [newest, ...older]]) => ({
    set,
    records: older.length + 1,
    lastOn: dayOf(world, newest?.at ?? request.startedAt),
  }));
}
