import { dayOf, letterFrame } from '../outbox/letterFrame.ts';
import { hadEnoughLetters } from '../outbox/lettersLately.ts';
import { queueLetter } from '../outbox/queueLetter.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';

/**
 * One letter to whoever reported, for all that one report means. None where no address was given, to a machine, or to an
 * address that had its share of letters.
 */
export async function tellReporter(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
  letter: 'child-report-received' | 'child-report-decided' | 'pictured-report-received',
  now: Date,
): Promise<void> {
  const { address } = request.requester;
  if (!address || request.automatic || (await hadEnoughLetters(world, address, letter, now))) return;
  const days = { receivedOn: dayOf(world, request.receivedAt), answerBy: request.dueOn };
  await queueLetter(
    world,
    {
      occasion: `${letter}:${request.ticket}`,
      to: address,
      letter,
      language: request.language,
      model: { ...letterFrame(world, ticket), ...days },
      automatic: true,
      ticket: ticket._id,
      request: request._id,
    },
    now,
  );
}
