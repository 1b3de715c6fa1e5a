import { addressSubject } from '../../../kernel/request/addressSubject.ts';
import { update } from '../../aggregate.ts';
import { changeRequest } from '../../requests/changeRequest.ts';
import type { StoredRequest, Ticket } from '../../stored.ts';
import type { World } from '../../world.ts';
import { contestedRequest } from './contestedRequest.ts';

/** Whether it contests how another request, or data, were dealt with. */
export function isContest({ right }: Pick<StoredRequest, 'right'>): boolean {
  return right === 'complaint' || right === 'appeal';
}

/**
 * Takes whoever wrote for the person who complains or appeals, and nobody else whom they name. No link is sent first: nothing
 * is handed out for it, and whoever was refused because nobody knew them may complain of exactly that.
 */
export function takeUpContest(world: World, request: StoredRequest, now: Date): Promise<StoredRequest> {
  const { _id, about, requester } = request;
  const own = about?.address === requester.address ? about : undefined;
  const subject = own?.subject ?? addressSubject(requester.address || _id);
  return changeRequest(world, _id, { type: 'ConfirmIdentity', subject, how: 'writer' }, now, () => ({ about: own }));
}

/** Notes which request it is about, before anything is done about that. */
export async function noteContested(world: World, request: StoredRequest): Promise<StoredRequest> {
  const contested = await contestedOf(world, request);
  return update<StoredRequest>(world, 'requests', request._id, (each) =>
    contested && !each.contests ? { document: { ...each, contests: contested._id } } : undefined,
  );
}

/** The request that it is about: as it was noted, or as it is found where somebody is quicker than that. */
export async function contestedOf(world: World, request: StoredRequest): Promise<StoredRequest | undefined> {
  if (request.contests) return world.records.collection<StoredRequest>('requests').get(request.contests);
  const ticket = await world.records.collection<Ticket>('tickets').get(request.ticket);
  return ticket && contestedRequest(world, request, ticket);
}
