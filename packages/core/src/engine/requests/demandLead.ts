import { KeptError } from '../../kernel/keptError.ts';
import type { StaffMember } from '../stored.ts';
import type { World } from '../world.ts';

/** An erasure cannot be undone: only a privacy lead in office approves one, whichever way they come. Throws APPROVAL_REFUSED. */
export async function demandLead(world: World, by: string, request: string): Promise<void> {
  const member = await world.records.collection<StaffMember>('staff').get(by);
  if (member?.service === world.service && member.role === 'lead' && !member.disabledAt) return;
  throw new KeptError('APPROVAL_REFUSED', 'Only a privacy lead may approve an erasure', {
    place: `request ${request}`,
    remedy: 'Ask a privacy lead who did not propose it.',
  });
}
