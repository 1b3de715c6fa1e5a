import { clockKindOf } from '../../kernel/clock/law.ts';
import { runOf } from '../../kernel/request/runOf.ts';
import { update } from '../aggregate.ts';
import { lawFacts } from '../outbox/lawFacts.ts';
import { dayOf, letterFrame } from '../outbox/letterFrame.ts';
import { queueLetter } from '../outbox/queueLetter.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';
import { lawNamed } from './lawOf.ts';
import { requestClock, requestDueOn } from './requestClock.ts';

/** The letter without which an extension does not count (GDPR Article 12(3) and its like), once, to the person where that is sure. */
export async function tellOfExtension(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
  now: Date,
): Promise<StoredRequest> {
  const { extension: granted, ...first } = request;
  const { receivedAt, right } = request;
  const to = ('identity' in request ? request.about?.address : undefined) ?? request.requester.address;
  if (granted && to) {
    const { regime } = await lawNamed(world, request.regime);
    const clock = await requestClock(world, request);
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
          reason: granted.reason,
          firstAnswerBy: await requestDueOn(world, first),
          answerBy: clock.extendedDue ?? request.dueOn,
          law: lawFacts(regime, { right, kind: clockKindOf(regime, right) }),
        },
        automatic: false,
        ticket: ticket._id,
        request: request._id,
        by: granted.by,
      },
      now,
    );
  }
  return update<StoredRequest>(world, 'requests', request._id, (each) => ({
    document: { ...each, extensionTold: true },
  }));
}
