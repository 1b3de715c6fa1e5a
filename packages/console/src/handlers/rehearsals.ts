import { z } from 'zod';
import { RIGHTS } from '../kept.ts';
import { openDesk } from '../presenters/desk.ts';
import { presentRehearsals } from '../presenters/rehearsals.ts';
import type { Outcome, StaffVisit } from '../visit.ts';
import { back } from './back.ts';
import { readForm, typed } from './readForm.ts';

const asked = z.object({
  right: z.enum(RIGHTS, 'is not chosen'),
  subject: typed.max(512, 'is longer than 512 characters'),
});
const MOST_TESTS = 50;

/** What a request would do, without one; and the test requests, which stand in no queue. */
export function listRehearsals(visit: StaffVisit): Promise<Outcome> {
  return page(visit);
}

/** Looks and changes nothing, so the answer is a page; and no address ever holds the key of an account. */
export function rehearseRequest(visit: StaffVisit): Promise<Outcome> {
  return page(visit, readForm(asked, visit.form));
}

/** A request that goes the whole way, and at its end says what it would have done. */
export async function openTestRequest({ kept, staff, form }: StaffVisit): Promise<Outcome> {
  const { _id } = await kept.requests.openTest({ ...readForm(asked, form), by: staff._id });
  return back(_id, 'test-opened');
}

async function page(visit: StaffVisit, tried?: z.infer<typeof asked>): Promise<Outcome> {
  const { kept } = visit;
  const [rehearsal, tests, desk] = await Promise.all([
    tried && kept.requests.rehearse(tried.right, tried.subject),
    kept.requests.list({ tests: true, limit: MOST_TESTS }),
    openDesk(visit),
  ]);
  const model = presentRehearsals(tried && rehearsal && { ...rehearsal, ...tried }, tests.items, desk);
  return { view: 'rehearsals', title: 'Rehearse', model };
}
