import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { changeRequest } from './changeRequest.ts';
import { lawOf, residenceOf } from './lawOf.ts';
import { earlierDay, requestDueOn } from './requestClock.ts';
import { settleTicketDue } from './ticketDue.ts';

/**
 * The law of the place where the person lives, looked up anew once it is sure whose data it is, or when somebody `said`
 * where that is. The alarm never moves later by that: an earlier date may have been told. What was extended stays under the
 * law that gave the extension.
 */
export async function followLaw(
  world: World,
  request: StoredRequest,
  said?: { readonly by: string; readonly residence: string },
): Promise<StoredRequest> {
  if (request.extension) return request;
  const subject = ('subject' in request ? request.subject : undefined) ?? request.about?.subject;
  const kept = subject === undefined ? undefined : await residenceOf(world, subject);
  const residence = kept ?? said?.residence ?? request.residence;
  const { id: regime } = (await lawOf(world, residence)).regime;
  if (regime === request.regime && residence === request.residence) return request;

  const own = await requestDueOn(world, { ...request, regime });
  const followed = await changeRequest(
    world,
    request._id,
    { type: 'FollowLaw', regime, ...(residence && { residence }), ...(said && { by: said.by }) },
    world.clock.now(),
    () => ({ dueOn: earlierDay(own, request.dueOn) }),
  );
  await settleTicketDue(world, request.ticket);
  return followed;
}
