import type { RetentionRule } from '../../kernel/policy/policy.ts';
import { DISCLOSURE_CATEGORY } from '../egress/endDisclosures.ts';
import { scrubEvidence, settleEvidence } from '../evidence/evidence.ts';
import type { Sweep } from '../retention/sweep.ts';
import { sweepDated } from '../retention/sweepDated.ts';
import type { SweepCount } from '../stored.ts';
import type { World } from '../world.ts';
import type { DisclosureProposal } from './disclosureProposal.ts';

/** How proposals are called in counts. */
const PROPOSALS = 'kept.disclosureProposals';

/** With the person goes what was asked for of theirs; that something left stands in the disclosures. */
export async function forgetProposals(world: World, subject: string): Promise<void> {
  const { service } = world;
  const found = await world.records.collection<DisclosureProposal>('disclosureProposals').find({ service, subject });
  await endProposals(
    world,
    found.map(({ _id }) => _id),
  );
}

/** Ends proposals, whatever became of them, by the rule that covers disclosures. */
export function sweepProposals(world: World, rule: RetentionRule, work: Sweep): Promise<SweepCount[]> {
  const end = (ids: readonly string[]): Promise<void> => endProposals(world, ids);
  const proposals = { name: 'disclosureProposals', shown: PROPOSALS, category: DISCLOSURE_CATEGORY, end } as const;
  return sweepDated(world, proposals, rule, work);
}

async function endProposals(world: World, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const proposals = world.records.collection<DisclosureProposal>('disclosureProposals');
  const these = { _id: { in: ids } };
  await settleEvidence(world, await proposals.find(these));
  await scrubEvidence(world, ids);
  await proposals.remove(these);
}
