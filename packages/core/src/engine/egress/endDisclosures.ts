import type { RetentionRule } from '../../kernel/policy/policy.ts';
import { update } from '../aggregate.ts';
import { scrubEvidence, settleEvidence } from '../evidence/evidence.ts';
import type { Disclosure } from '../keptEgress.ts';
import type { Sweep } from '../retention/sweep.ts';
import { sweepDated } from '../retention/sweepDated.ts';
import type { SweepCount } from '../stored.ts';
import type { World } from '../world.ts';

/** How disclosures are called in plans and receipts. */
export const DISCLOSURES = 'kept.disclosures';

export const DISCLOSURE_CATEGORY = 'rights.disclosure';

/** Takes the person out of disclosures that must stay, or the disclosures away; answers how many. Repeating it is harmless. */
export async function endDisclosures(
  world: World,
  ids: readonly string[],
  action: 'detach' | 'erase',
): Promise<number> {
  const disclosures = world.records.collection<Disclosure>('disclosures');
  const these = { _id: { in: ids } };
  await settleEvidence(world, await disclosures.find(these));
  await scrubEvidence(world, ids);
  if (action === 'erase') {
    await disclosures.remove(these);
    return ids.length;
  }
  for (const id of ids) {
    await update<Disclosure>(
      world,
      'disclosures',
      id,
      ({ subject, generation: _, reference: _r, approval: _a, ...rest }) =>
        subject === undefined ? undefined : { document: rest },
    );
  }
  return ids.length;
}

/** Ends disclosures by the rule that covers them. */
export function sweepDisclosures(world: World, rule: RetentionRule, work: Sweep): Promise<SweepCount[]> {
  const end = (ids: readonly string[]): Promise<number> => endDisclosures(world, ids, 'erase');
  return sweepDated(world, { name: 'disclosures', shown: DISCLOSURES, category: DISCLOSURE_CATEGORY, end }, rule, work);
}
