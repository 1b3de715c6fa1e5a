import type { Hold, PlanLine } from '../../kernel/decision.ts';
import { planErasure } from '../../kernel/erasure/planErasure.ts';
import type { World } from '../world.ts';

/**
 * What would be done now with everything that the host has of a person. Records that must stay keep what leads to them:
 * API keys whose logs are held stay too, or nobody would find the logs again.
 */
export async function planRemoval(
  world: World,
  subject: string,
  holds: readonly Hold[],
  now: Date,
): Promise<PlanLine[]> {
  const lines = planErasure(world.policy, await world.data.survey(subject), holds, now, subject);
  const { collections } = world.policy.inventory;
  const kept = new Map(lines.filter((line) => line.action === 'keep').map((line) => [line.collection, line]));
  for (let name of [...kept.keys()]) {
    const why = kept.get(name);
    for (;;) {
      const path = collections.find((each) => each.name === name)?.subject;
      if (path?.by !== 'through' || !why || why.count === 0) break;
      name = path.collection;
      if (!kept.has(name)) kept.set(name, why);
    }
  }
  return lines.map((line) => {
    const why = kept.get(line.collection);
    if (!why || why.collection === line.collection) return line;
    const { clause: _, ...rest } = line;
    return { ...rest, action: 'keep', ...groundsOf(why) };
  });
}

function groundsOf({ rule, ground, until }: PlanLine): Pick<PlanLine, 'rule' | 'ground' | 'until'> {
  return { ...(rule && { rule }), ...(ground && { ground }), ...(until && { until }) };
}
