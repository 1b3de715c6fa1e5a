import type { StaffMember } from '../stored.ts';
import type { World } from '../world.ts';

/** Who gets letters to staff: everybody, or the leads alone, and everybody again where there is no lead. */
export async function staffInOffice(world: World, leadsFirst: boolean): Promise<StaffMember[]> {
  const all = await world.records
    .collection<StaffMember>('staff')
    .find({ service: world.service, disabledAt: { exists: false } });
  const leads = all.filter((member) => member.role === 'lead');
  return leadsFirst && leads.length > 0 ? leads : all;
}
