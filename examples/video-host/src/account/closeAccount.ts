import type { Host, Person } from '../host.ts';

/** Closes an account: nobody can sign in or call the API; what the policy says of closed accounts runs from here. */
export async function closeAccount({ models, now }: Host, person: Person): Promise<void> {
  await models.users.updateOne({ _id: person._id, closedAt: null }, { closedAt: now() });
  await models.sessions.deleteMany({ userId: person._id });
}
