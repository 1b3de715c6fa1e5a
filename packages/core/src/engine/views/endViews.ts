import type { RetentionRule } from '../../kernel/policy/policy.ts';
import { update } from '../aggregate.ts';
import { scrubEvidence, settleEvidence } from '../evidence/evidence.ts';
import type { Sweep } from '../retention/sweep.ts';
import { sweepDated } from '../retention/sweepDated.ts';
import type { SweepCount } from '../stored.ts';
import type { World } from '../world.ts';
import type { StoredView } from './storedView.ts';

/** How views are called in plans and receipts. */
export const VIEWS = 'kept.views';

export const VIEW_CATEGORY = 'rights.disclosure';

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

/** Ends views by the rule that covers them. */
export function sweepViews(world: World, rule: RetentionRule, work: Sweep): Promise<SweepCount[]> {
  const end = (ids: readonly string[]): Promise<number> => endViews(world, ids, 'erase');
  return sweepDated(world, { name: 'views', shown: VIEWS, category: VIEW_CATEGORY, end }, rule, work);
}
