import { endOf } from '../../kernel/retention/endOf.ts';
import type { AccessReview, ReviewedAccount } from '../keptReviews.ts';
import type { StaffMember } from '../stored.ts';
import type { World } from '../world.ts';
import { recurring } from './recurring.ts';

export async function accessReview(world: World, now: Date): Promise<AccessReview> {
  const members = await world.records
    .collection<StaffMember>('staff')
    .find({ service: world.service }, { sort: { name: 1, _id: 1 } });
  const nameOf = new Map(members.map(({ _id, name }) => [_id, name]));
  const measure = recurring(world, 'access-review');
  const dueAt = (since: Date): Date | undefined =>
    measure && endOf(since, measure.every.period, undefined, 'ceiling', world.policy.controller.zone);

  const accounts = members.map((member): ReviewedAccount => {
    const { _id: staff, name, email, role, addedAt, lastSeenAt, disabledAt, reviewed } = member;
    const since = reviewed?.at ?? addedAt;
    const due = disabledAt || !since ? undefined : dueAt(since);
    return {
      ...{ staff, name, email, role },
      ...(addedAt && { addedAt }),
      ...(lastSeenAt && { lastSeenAt }),
      ...(disabledAt && { disabledAt }),
      ...(reviewed && { reviewed: { at: reviewed.at, by: nameOf.get(reviewed.by) ?? reviewed.by } }),
      ...(due && { dueAt: due }),
      // Of an account that nobody ever reviewed, and of which nobody knows when it came, nothing speaks for waiting.
      overdue: measure !== undefined && !disabledAt && (due === undefined || due <= now),
    };
  });
  return { ...(measure && { every: measure.every.period, clause: measure.clause }), accounts };
}
