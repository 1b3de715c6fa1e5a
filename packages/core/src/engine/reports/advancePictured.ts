import { addressSubject } from '../../kernel/request/addressSubject.ts';
import { dayOf, letterFrame } from '../outbox/letterFrame.ts';
import { hadEnoughLetters } from '../outbox/lettersLately.ts';
import { queueLetter } from '../outbox/queueLetter.ts';
import { changeRequest } from '../requests/changeRequest.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';

/** The reporter is told that it is here; staff decide from what they see, and nobody is asked for an identity card. */
export async function advancePictured(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
  now: Date,
): Promise<StoredRequest | undefined> {
  const { _id, requester } = request;
  if (!request.acknowledgedAt) {
    await acknowledge(world, request, ticket, now);
    return changeRequest(world, _id, { type: 'Acknowledge' }, now);
  }
  if (request.status !== 'received') return undefined;
  // They stand under their address, never under an account: the record that shows them is another's.
  const subject = addressSubject(requester.address || _id);
  return changeRequest(world, _id, { type: 'ConfirmIdentity', subject, how: 'report' }, now);
}

async function acknowledge(world: World, request: StoredRequest, ticket: Ticket, now: Date): Promise<void> {
  const { address } = request.requester;
  const letter = 'pictured-report-received';
  if (!address || request.automatic || (await hadEnoughLetters(world, address, letter, now))) return;
  await queueLetter(
    world,
    {
      occasion: `${letter}:${request.ticket}`,
      to: address,
      letter,
      language: request.language,
      model: { ...letterFrame(world, ticket), receivedOn: dayOf(world, request.receivedAt), answerBy: request.dueOn },
      automatic: true,
      ticket: ticket._id,
      request: request._id,
    },
    now,
  );
}
