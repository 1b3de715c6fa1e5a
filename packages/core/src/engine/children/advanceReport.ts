import { dayOf, letterFrame } from '../outbox/letterFrame.ts';
import { hadEnoughLetters } from '../outbox/lettersLately.ts';
import { queueLetter } from '../outbox/queueLetter.ts';
import { advancePictured } from '../reports/advancePictured.ts';
import { changeRequest } from '../requests/changeRequest.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';

/**
 * The next step of a report that needs no person: the reporter is told that it is here, and the account stands without its
 * holder's confirmation. Letters to the reporter say the same whoever the report is about.
 */
export async function advanceReport(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
  now: Date,
): Promise<StoredRequest | undefined> {
  if (request.report === 'pictured') return advancePictured(world, request, ticket, now);
  if (!request.acknowledgedAt) {
    await tellReporter(world, request, ticket, 'child-report-received', now);
    return changeRequest(world, request._id, { type: 'Acknowledge' }, now);
  }
  const { about } = request;
  if (request.status !== 'received' || !about) return undefined;
  return changeRequest(world, request._id, { type: 'ConfirmIdentity', subject: about.subject, how: 'report' }, now);
}

/** One letter for all accounts that one report means. Nobody who gave no address, no machine, and no address that had its share of letters. */
export async function tellReporter(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
  letter: 'child-report-received' | 'child-report-decided',
  now: Date,
): Promise<void> {
  const { address } = request.requester;
  if (!address || request.automatic || (await hadEnoughLetters(world, address, letter, now))) return;
  await queueLetter(
    world,
    {
      occasion: `${letter}:${request.ticket}`,
      to: address,
      letter,
      language: request.language,
      model: { ...letterFrame(world, ticket), receivedOn: dayOf(world, request.receivedAt) },
      automatic: true,
      ticket: ticket._id,
      request: request._id,
    },
    now,
  );
}
