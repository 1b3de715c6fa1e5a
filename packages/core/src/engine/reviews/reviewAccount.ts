import { KeptError } from '../../kernel/keptError.ts';
import { event, notFound, update } from '../aggregate.ts';
import { demandText } from '../demandText.ts';
import { demandOffice } from '../staff/demandOffice.ts';
import { staffInOffice } from '../staff/staffInOffice.ts';
import type { StaffMember, StaffSession } from '../stored.ts';
import type { World } from '../world.ts';

/** Throws as `Reviews.review` says. */
export async function reviewAccount(world: World, staff: unknown, by: unknown, outcome: unknown): Promise<StaffMember> {
  const now = world.clock.now();
  const lead = await demandOffice(world, by, 'access review', 'lead');
  const id = demandText(staff, 'staff', 200);
  if (outcome !== 'keep' && outcome !== 'end') throw refused('INPUT_INVALID', 'A review keeps an account or ends it');
  const member = await world.records.collection<StaffMember>('staff').get(id);
  if (member?.service !== world.service) throw notFound('staff', id);
  const leads = (await staffInOffice(world, true)).filter(({ role }) => role === 'lead');
  if (id === lead._id && leads.length > 1) throw refused('REVIEW_REFUSED', 'Nobody reviews their own access');
  if (id === lead._id && outcome === 'end') throw refused('REVIEW_REFUSED', 'The last privacy lead stays');

  const reviewed = await update<StaffMember>(world, 'staff', id, (each) => ({
    document: {
      ...each,
      reviewed: { at: now, by: lead._id },
      ...(outcome === 'end' && { disabledAt: each.disabledAt ?? now }),
    },
    events: [event(world, 'StaffAccessReviewed', now, { by: lead._id, role: each.role, outcome })],
  }));
  if (outcome === 'end') await world.records.collection<StaffSession>('sessions').remove({ staff: id });
  return reviewed;
}

function refused(code: string, message: string): KeptError {
  return new KeptError(code, message, {
    place: 'access review',
    remedy: 'Ask another privacy lead, or say keep or end.',
  });
}
