import { dayOf, letterFrame } from '../outbox/letterFrame.ts';
import { queueLetter } from '../outbox/queueLetter.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';
import { changeRequest } from './changeRequest.ts';
import { confirmationToken, LINK_DAYS } from './confirmation.ts';

const DAY_MS = 86_400_000;

/** Tells the requester that the request is here and until when it is answered: one letter for all rights of one message. */
export async function acknowledge(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
  now: Date,
): Promise<StoredRequest> {
  const together = await sameMessage(world, request);
  await queueLetter(
    world,
    {
      occasion: `rights-received:${request.ticket}:${request.receivedAt.toISOString()}`,
      to: request.requester.address,
      letter: 'rights-received',
      language: request.language,
      model: {
        ...letterFrame(world, ticket),
        rights: [...new Set(together.map((each) => each.right))].sort(),
        receivedOn: dayOf(world, request.receivedAt),
        answerBy: together.map((each) => each.dueOn).sort()[0] ?? request.dueOn,
        signedIn: request.channel === 'app',
      },
      automatic: true,
      ticket: ticket._id,
      request: request._id,
    },
    now,
  );
  return changeRequest(world, request._id, { type: 'Acknowledge' }, now);
}

/** Sends the one-time link to the registered address and nowhere else. The letter is queued first, under the next number. */
export async function challenge(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
  now: Date,
  by?: string,
): Promise<StoredRequest> {
  if (!request.about) return request;
  const number = (request.challenge?.number ?? 0) + 1;
  const expiresAt = new Date(now.getTime() + LINK_DAYS * DAY_MS);
  await queueLetter(
    world,
    {
      occasion: `confirm-identity:${request._id}:${number}`,
      to: request.about.address,
      letter: 'confirm-identity',
      language: request.language,
      model: {
        ...letterFrame(world, ticket),
        right: request.right,
        receivedOn: dayOf(world, request.receivedAt),
        link: `${world.publicUrl}/confirm/${await confirmationToken(world, request._id, number)}`,
        expiresOn: dayOf(world, expiresAt),
      },
      automatic: true,
      ticket: ticket._id,
      request: request._id,
    },
    now,
  );
  return changeRequest(world, request._id, { type: 'Challenge', expiresAt, ...(by && { by }) }, now);
}

async function sameMessage(world: World, request: StoredRequest): Promise<StoredRequest[]> {
  return world.records
    .collection<StoredRequest>('requests')
    .find({ ticket: request.ticket, receivedAt: { in: [request.receivedAt] } });
}
