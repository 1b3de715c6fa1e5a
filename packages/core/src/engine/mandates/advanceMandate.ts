import { changeRequest } from '../requests/changeRequest.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { forgetDocuments } from './forgetDocuments.ts';
import { speaksForThem } from './mandateSeen.ts';

/** The next step that follows from what staff saw of a mandate; undefined where none does. */
export async function advanceMandate(
  world: World,
  request: StoredRequest,
  now: Date,
): Promise<StoredRequest | undefined> {
  const { mandate, about } = request;
  if (!mandate?.seen) return undefined;
  if (!mandate.documentsGone) return forgetDocuments(world, request, now);
  if (request.status !== 'received' || !about || !speaksForThem(mandate.seen)) return undefined;
  return changeRequest(world, request._id, { type: 'ConfirmIdentity', subject: about.subject, how: 'mandate' }, now);
}
