import { KeptError } from '../../kernel/keptError.ts';
import { event, update } from '../aggregate.ts';
import type { World } from '../world.ts';
import { type DisclosureProposal, type DisclosureScope, proposalState } from './disclosureProposal.ts';
import { hashOf, scopeOf } from './proposals.ts';

/**
 * Uses an approval up for the one disclosure that it was given for. The same `disclosure` may ask again after a crash; any
 * other is refused. Throws DISCLOSURE_REFUSED, and INPUT_INVALID.
 */
export async function demandApproved(
  world: World,
  asked: DisclosureScope & { readonly approval: string | undefined; readonly disclosure: string },
  now: Date,
): Promise<void> {
  const { approval, disclosure } = asked;
  const hash = hashOf(world, scopeOf(asked));
  const proposals = world.records.collection<DisclosureProposal>('disclosureProposals');
  const proposal = typeof approval === 'string' ? await proposals.get(approval) : undefined;
  if (proposal?.service !== world.service) throw refused('No approval of it is on record');

  await update<DisclosureProposal>(world, 'disclosureProposals', proposal._id, (each) => {
    if (each.hash !== hash) throw refused('The approval is of another disclosure');
    if (each.used?.disclosure === disclosure) return undefined;
    const state = proposalState(each, now);
    if (state !== 'approved') throw refused(`The proposal is ${state}, not approved`);
    return {
      document: { ...each, used: { disclosure, at: now }, closedAt: now },
      events: [event(world, 'DisclosureApprovalUsed', now, { hash, disclosure })],
    };
  });
}

function refused(message: string): KeptError {
  return new KeptError('DISCLOSURE_REFUSED', message, {
    place: 'disclosure approval',
    remedy: 'Have exactly this disclosure proposed by one staff member and approved by another, and make it in time.',
  });
}
