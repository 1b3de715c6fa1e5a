import { z } from 'zod';
import { openDesk } from '../presenters/desk.ts';
import { presentDisclosures } from '../presenters/disclosures.ts';
import type { DisclosureVisit, Outcome, StaffVisit } from '../visit.ts';
import { readForm, typed } from './readForm.ts';

const short = typed.max(200, 'is longer than 200 characters');
const proposed = z.object({
  recipient: short,
  purpose: short,
  subject: typed.max(512, 'is longer than 512 characters'),
  /** As people write a list: with commas or spaces between. */
  categories: typed.transform((words) => words.split(/[\s,]+/).filter(Boolean)),
  reference: short,
  reason: typed.max(1000, 'is longer than 1,000 characters'),
});

/** What is asked for under a legal reference, by whom, and what became of it. */
export async function listDisclosures(visit: StaffVisit): Promise<Outcome> {
  const { kept, can } = visit;
  const [open, closed, desk] = await Promise.all([
    kept.disclosures.proposals({ status: 'open', limit: 200 }),
    kept.disclosures.proposals({ status: 'closed', limit: 50 }),
    openDesk(visit),
  ]);
  const model = presentDisclosures(open.items, closed.items, kept.policy, can, desk);
  return { view: 'disclosures', title: 'Disclosures', model };
}

export async function proposeDisclosure({ kept, staff, form }: StaffVisit): Promise<Outcome> {
  await kept.disclosures.propose({ ...readForm(proposed, form), by: staff._id });
  return { redirect: '/disclosures', flash: 'disclosure-proposed' };
}

export async function approveDisclosure({ kept, staff, proposal }: DisclosureVisit): Promise<Outcome> {
  await kept.disclosures.approve(proposal._id, staff._id);
  return { redirect: '/disclosures', flash: 'disclosure-approved' };
}

export async function withdrawDisclosure({ kept, staff, proposal }: DisclosureVisit): Promise<Outcome> {
  await kept.disclosures.withdraw(proposal._id, staff._id);
  return { redirect: '/disclosures', flash: 'disclosure-withdrawn' };
}
