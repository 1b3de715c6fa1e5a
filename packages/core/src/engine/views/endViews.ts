import type { RetentionRule } from '../../kernel/policy/policy.ts';
import { covers } from '../../kernel/policy/vocabulary.ts';
import { isOver } from '../../kernel/retention/isOver.ts';
import type { Anchors } from '../../kernel/retention/recordLimit.ts';
import { strongestHold } from '../../kernel/retention/strongestHold.ts';
import { update } from '../aggregate.ts';
import { scrubEvidence, settleEvidence } from '../evidence/evidence.ts';
import type { Sweep } from '../retention/sweep.ts';
import type { SweepCount } from '../stored.ts';
import type { World } from '../world.ts';
import type { StoredView } from './storedView.ts';

/** How views are called in plans and receipts. */
export const VIEWS = 'kept.views';

export const VIEW_CATEGORY = 'rights.disclosure';

const ROUND = 500;

/** Takes the person out of views that must stay, or the views away; answers how many. Repeating it is harmless. */
export async function endViews(world: World, ids: readonly string[], action: 'detach' | 'erase'): Promise<number> {
  const views = world.records.collection<StoredView>('views');
  if (action === 'erase') {
    const these = { _id: { in: ids } };
    await settleEvidence(world, await views.find(these));
    await scrubEvidence(world, ids);
    await views.remove(these);
    return ids.length;
  }
  for (const id of ids) {
    await update<StoredView>(world, 'views', id, ({ subject, record: _, ...view }) =>
      subject === undefined ? undefined : { document: view },
    );
  }
  return ids.length;
}

/** Ends views by the rule that covers them. They have one date, whatever the rule calls it. */
export async function sweepViews(world: World, rule: RetentionRule, work: Sweep): Promise<SweepCount[]> {
  if (!rule.covers.some((word) => covers(word, VIEW_CATEGORY))) return [];
  const { zone } = world.policy.controller;
  const names = [rule, ...(rule.earlier ?? [])].map(({ since = rule.since }) => since);
  const anchorsOf = ({ at }: StoredView): Anchors => Object.fromEntries(names.map((name) => [name, at]));
  const count = { collection: VIEWS, due: 0, held: 0, erased: 0, files: 0 };
  for (let last = ''; ; ) {
    const where = { service: world.service, _id: { after: last } };
    const views = world.records.collection<StoredView>('views');
    const page = await views.find(where, { sort: { _id: 1 }, limit: ROUND });
    const over = page.filter((view) => isOver(rule, { anchors: anchorsOf(view) }, zone, work.now, work.aheadMs));
    const free = over.filter(({ subject }) => !strongestHold(work.holds, VIEWS, subject, work.now));
    count.due += over.length;
    count.held += over.length - free.length;
    const ids = free.map(({ _id }) => _id);
    if (!work.dry && ids.length > 0) count.erased += await endViews(world, ids, 'erase');
    const next = page.at(-1)?._id;
    if (next === undefined || page.length < ROUND) break;
    last = next;
  }
  return count.due > 0 ? [count] : [];
}
