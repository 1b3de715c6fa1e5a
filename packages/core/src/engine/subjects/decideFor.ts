import { decide } from '../../kernel/decide/decide.ts';
import type { Decision } from '../../kernel/decision.ts';
import type { SubjectQuestion } from '../kept.ts';
import { activeHolds } from '../requests/activeHolds.ts';
import type { World } from '../world.ts';
import { consents } from './consents.ts';

/** Loads what is known of the subject and asks the kernel. */
export async function decideFor(
  world: World,
  { subject, visibility, ...question }: SubjectQuestion,
): Promise<Decision> {
  const now = world.clock.now();
  const [history, holds] = await Promise.all([consents(world).history(subject), activeHolds(world, now, subject)]);

  return decide(
    world.policy,
    {
      consents: history,
      objections: [],
      restricted: holds.some((hold) => hold.kind === 'restriction'),
      held: holds.some((hold) => hold.kind === 'legal'),
      ...(visibility !== undefined && { visibility }),
    },
    question,
    now,
  );
}
