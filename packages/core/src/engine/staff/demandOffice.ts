import { KeptError } from '../../kernel/keptError.ts';
import type { StaffMember } from '../stored.ts';
import type { World } from '../world.ts';

/** The staff member who decides, in office now, and a privacy lead where only a lead may. Throws APPROVAL_REFUSED. */
export async function demandOffice(
  world: World,
  by: unknown,
  place: string,
  role?: StaffMember['role'],
): Promise<StaffMember> {
  const member = typeof by === 'string' ? await world.records.collection<StaffMember>('staff').get(by) : undefined;
  const inOffice = member?.service === world.service && !member.disabledAt;
  if (inOffice && (role === undefined || member.role === role)) return member;
  const who = role === 'lead' ? 'a privacy lead' : 'staff';
  throw new KeptError('APPROVAL_REFUSED', `Only ${who} in office may decide this`, {
    place,
    remedy:
      role === 'lead'
        ? 'Ask a privacy lead; what two sign for, one who did not propose it.'
        : 'Name a staff member of this service.',
  });
}
