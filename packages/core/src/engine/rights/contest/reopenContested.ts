import { isClosed } from '../../../kernel/request/requestStatus.ts';
import { update } from '../../aggregate.ts';
import { changeRequest } from '../../requests/changeRequest.ts';
import { openRequest } from '../../requests/openRequest.ts';
import type { StoredRequest, Ticket } from '../../stored.ts';
import type { World } from '../../world.ts';

/**
 * Takes the request up anew that was wrongly answered, before all others, with its time running from now; who had confirmed
 * themselves need not do so again. One that is still open is only put first. Safe to repeat.
 */
export async function reopenContested(world: World, contest: StoredRequest): Promise<StoredRequest | undefined> {
  const requests = world.records.collection<StoredRequest>('requests');
  const contested = contest.contests ? await requests.get(contest.contests) : undefined;
  if (!contested) return undefined;
  const open = isClosed(contested) ? await openAnew(world, contested, contest) : contested;
  await putFirst(world, open.ticket);
  return open;
}

/** The id of the request that a complaint or an appeal has taken up anew, if it has. */
export function reopenedAs({ _id }: Pick<StoredRequest, '_id'>): string {
  return `${_id}-anew`;
}

async function openAnew(world: World, contested: StoredRequest, contest: StoredRequest): Promise<StoredRequest> {
  const now = world.clock.now();
  const { right, channel, requester, about, residence, language, mandate, asks } = contested;
  const request = await openRequest(
    world,
    {
      id: reopenedAs(contest),
      right,
      channel,
      receivedAt: now,
      ticket: contest.ticket,
      requester,
      ...(about && { about }),
      ...(residence && { residence }),
      ...(mandate && { mandate }),
      ...(asks && { asks }),
      language,
      reopens: contested._id,
    },
    now,
  );
  // The letter on the decision says that it is taken up.
  await changeRequest(world, request._id, { type: 'Acknowledge' }, now);
  if (!('identity' in contested)) return request;
  const { subject, identity } = contested;
  return changeRequest(world, request._id, { type: 'ConfirmIdentity', subject, how: identity.how }, now);
}

async function putFirst(world: World, ticket: string): Promise<void> {
  await update<Ticket>(world, 'tickets', ticket, (each) =>
    each.priority ? undefined : { document: { ...each, priority: 'upheld' } },
  );
}
