import type { RetentionRule } from '../../kernel/policy/policy.ts';
import { covers } from '../../kernel/policy/vocabulary.ts';
import { isOver } from '../../kernel/retention/isOver.ts';
import { strongestHold } from '../../kernel/retention/strongestHold.ts';
import { update } from '../aggregate.ts';
import type { Sweep } from '../retention/sweep.ts';
import type { SweepCount } from '../stored.ts';
import type { World } from '../world.ts';
import type { Use } from './use.ts';

/** How uses are called in plans and receipts. */
export const USES = 'kept.uses';

export const USE_CATEGORY = 'generation.training-use';

const ROUND = 500;

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

/** Ends uses whose time is over by the rule that covers them. They have one date, whatever the rule calls it. */
export async function sweepUses(world: World, rule: RetentionRule, work: Sweep): Promise<SweepCount> {
  const { zone } = world.policy.controller;
  const uses = world.records.collection<Use>('uses');
  const count = { collection: USES, due: 0, held: 0, erased: 0, files: 0 };
  for (let last = ''; ; ) {
    const where = { service: world.service, kind: 'use', _id: { after: last } } as const;
    const page = await uses.find(where, { sort: { _id: 1 }, limit: ROUND });
    const over = page.filter(({ at }) => isOver(rule, { anchors: { [rule.since]: at } }, zone, work.now, work.aheadMs));
    const free = over.filter(({ subject }) => !strongestHold(work.holds, USES, subject, work.now));
    count.due += over.length;
    count.held += over.length - free.length;
    if (!work.dry && free.length > 0) count.erased += await uses.remove({ _id: { in: free.map(({ _id }) => _id) } });
    const next = page.at(-1)?._id;
    if (next === undefined || page.length < ROUND) return count;
    last = next;
  }
}

export function coversUses(rule: RetentionRule): boolean {
  return rule.covers.some((word) => covers(word, USE_CATEGORY));
}
