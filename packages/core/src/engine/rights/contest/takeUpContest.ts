import { changeRequest } from '../../requests/changeRequest.ts';
import type { StoredRequest, Ticket } from '../../stored.ts';
import type { World } from '../../world.ts';
import { addressSubject } from '../nobody/addressSubject.ts';
import { contestedRequest } from './contestedRequest.ts';

/**
 * Notes what a complaint or an appeal is about. No link is sent first: nothing is handed out for it, and whoever was refused
 * because nobody knew them may complain of exactly that.
 */
export async function takeUpContest(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
  now: Date,
): Promise<StoredRequest> {
  const contested = await contestedRequest(world, request, ticket);
  const subject =
    ownedBy(request, contested) ?? request.about?.subject ?? addressSubject(request.requester.address || request._id);
  const also = contested ? { contests: contested._id } : {};
  return changeRequest(world, request._id, { type: 'ConfirmIdentity', subject, how: 'writer' }, now, () => also);
}

/** Whose data the contested request is about, where that is who writes now. */
function ownedBy({ requester }: StoredRequest, contested: StoredRequest | undefined): string | undefined {
  if (!contested || !('subject' in contested)) return undefined;
  return contested.about?.address === requester.address ? contested.subject : undefined;
}

/** Whether it is one of those that contest how another request, or data, were dealt with. */
export function isContest({ right }: Pick<StoredRequest, 'right'>): boolean {
  return right === 'complaint' || right === 'appeal';
}
