import { runOf } from '../../kernel/request/runOf.ts';
import { update } from '../aggregate.ts';
import { dayOf, letterFrame } from '../outbox/letterFrame.ts';
import { queueLetter } from '../outbox/queueLetter.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';
import { requestClock } from './requestClock.ts';

/** The letter without which an extension does not count (GDPR Article 12(3)), once. */
export async function tellOfExtension(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
  now: Date,
): Promise<StoredRequest> {
  const { extension, receivedAt, right } = request;
  const to = request.requester.address;
  if (extension && to) {
    const clock = requestClock(world, request);
    await queueLetter(
      world,
      {
        occasion: `rights-extended:${runOf(request)}`,
        to,
        letter: 'rights-extended',
        language: request.language,
        model: {
          ...letterFrame(world, ticket),
          right,
          receivedOn: dayOf(world, receivedAt),
          reason: extension.reason,
          firstAnswerBy: clock.due ?? request.dueOn,
          answerBy: clock.extendedDue ?? request.dueOn,
        },
        automatic: false,
        ticket: ticket._id,
        request: request._id,
        by: extension.by,
      },
      now,
    );
  }
  return update<StoredRequest>(world, 'requests', request._id, (each) => ({
    document: { ...each, extensionTold: true },
  }));
}
