import type { RetentionRule } from '../../kernel/policy/policy.ts';
import { update } from '../aggregate.ts';
import type { Sweep } from '../retention/sweep.ts';
import { sweepDated } from '../retention/sweepDated.ts';
import type { SweepCount } from '../stored.ts';
import type { World } from '../world.ts';
import type { Use } from './use.ts';

/** How uses are called in plans and receipts. */
export const USES = 'kept.uses';

export const USE_CATEGORY = 'generation.training-use';

/**
 * Cuts uses loose from their person. The line itself stays until the record is taken out of the set, or nobody would know
 * that it must go; with `marked` it keeps the keyed hash, by which it can be proven whose it was to somebody who asks.
 */
export async function endUses(
  world: World,
  ids: readonly string[],
  { marked, now }: { marked: boolean; now: Date },
): Promise<number> {
  for (const id of ids) {
    await update<Use>(world, 'uses', id, ({ subject: _, mark, ...use }) => ({
      document: { ...use, ...(marked && mark !== undefined && { mark }), erasedAt: use.erasedAt ?? now },
    }));
  }
  return ids.length;
}

/** Ends uses whose time is over by the rule that covers them. */
export function sweepUses(world: World, rule: RetentionRule, work: Sweep): Promise<SweepCount[]> {
  const end = (ids: readonly string[]): Promise<number> =>
    world.records.collection<Use>('uses').remove({ _id: { in: ids } });
  const uses = { name: 'uses', shown: USES, category: USE_CATEGORY, where: { kind: 'use' }, end } as const;
  return sweepDated(world, uses, rule, work);
}
