import { z } from 'zod';
import { openDesk } from '../presenters/desk.ts';
import { presentStaff } from '../presenters/staff.ts';
import type { Outcome, StaffVisit } from '../visit.ts';
import { readForm, typed } from './readForm.ts';

const looked = z.object({ outcome: z.enum(['keep', 'end']) });
const assessed = z.object({ scope: typed.max(2000, 'is longer than 2000 characters'), on: z.iso.date('is no date') });

/** Who has access, who looked at that when, and when the service was last assessed. */
export async function listStaff(visit: StaffVisit): Promise<Outcome> {
  const { kept } = visit;
  const [review, assessments, desk] = await Promise.all([
    kept.reviews.access(),
    kept.reviews.assessments(),
    openDesk(visit),
  ]);
  return { view: 'staff', title: 'Staff', model: presentStaff(review, assessments, desk) };
}

export async function reviewAccess({ kept, staff, params, form }: StaffVisit): Promise<Outcome> {
  const { outcome } = readForm(looked, form);
  await kept.reviews.review(params.id ?? '', staff._id, outcome);
  return { redirect: '/staff', flash: outcome === 'keep' ? 'access-kept' : 'access-ended' };
}

export async function recordAssessment({ kept, staff, form }: StaffVisit): Promise<Outcome> {
  const { scope, on } = readForm(assessed, form);
  await kept.reviews.assess({ scope, on, by: staff._id });
  return { redirect: '/staff', flash: 'assessment-recorded' };
}
