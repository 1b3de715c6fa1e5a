import { addressSubject } from '../../kernel/request/addressSubject.ts';
import { changeRequest } from '../requests/changeRequest.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';
import { tellReporter } from './tellReporter.ts';

/** The reporter is told that it is here; staff decide from what they see, and nobody is asked for an identity card. */
export async function advancePictured(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
  now: Date,
): Promise<StoredRequest | undefined> {
  const { _id, requester } = request;
  if (!request.acknowledgedAt) {
    await tellReporter(world, request, ticket, 'pictured-report-received', now);
    return changeRequest(world, _id, { type: 'Acknowledge' }, now);
  }
  if (request.status !== 'received') return undefined;
  // They stand under their address, never under an account: the record that shows them is another's.
  const subject = addressSubject(requester.address || _id);
  return changeRequest(world, _id, { type: 'ConfirmIdentity', subject, how: 'report' }, now);
}
