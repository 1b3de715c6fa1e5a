import type { Types } from 'mongoose';
import type { Visitor } from '../variant.ts';
import type { SessionScene } from '../web/sessions.ts';

/** Closes an account: nobody can sign in or call the API; what the policy says of closed accounts runs from here. */
export async function closeAccount(
  { models, now }: SessionScene,
  person: Visitor & { readonly _id: Types.ObjectId },
): Promise<void> {
  await models.users.updateOne({ _id: person._id, closedAt: null }, { closedAt: now() });
  await models.sessions.deleteMany({ userId: person._id });
}
