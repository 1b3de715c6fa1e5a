import { openDesk } from '../presenters/desk.ts';
import { presentStaff } from '../presenters/staff.ts';
import type { Outcome, StaffVisit } from '../visit.ts';

export async function listStaff(visit: StaffVisit): Promise<Outcome> {
  const staff = await visit.kept.staff.list();
  return { view: 'staff', title: 'Staff', model: presentStaff(staff, await openDesk(visit)) };
}
