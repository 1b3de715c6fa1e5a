import { event, update } from '../../aggregate.ts';
import { raiseFinding } from '../../findings/findings.ts';
import { surveyOwnRecords } from '../../removal/ownRecords.ts';
import { planRemoval } from '../../removal/planRemoval.ts';
import { standingHolds } from '../../requests/activeHolds.ts';
import { changeRequest } from '../../requests/changeRequest.ts';
import { requestDueOn } from '../../requests/requestClock.ts';
import type { StoredRequest, Ticket } from '../../stored.ts';
import type { World } from '../../world.ts';
import { completeErasure, heldLines, lacksFilesOnly } from './completeErasure.ts';

/** Erasures that ended with something held or locked; they may go on once it is not any more. */
export async function endedInPart(world: World): Promise<StoredRequest[]> {
  const ended = await world.records.collection<StoredRequest>('requests').find({
    service: world.service,
    status: 'partly-fulfilled',
    right: 'erasure',
    answerSentAt: { exists: true },
  });
  return ended.filter((request) => heldLines(request).length > 0 || lacksFilesOnly(request));
}

/**
 * Reopens an erasure whose hold was lifted, where something of what it kept can go now. It begins with a new preview, and
 * nothing goes before two people have signed for that. One that lacked files only ends by itself. Undefined where it stays
 * as it is.
 */
export async function resumeErasure(
  world: World,
  request: Extract<StoredRequest, { status: 'partly-fulfilled' }>,
): Promise<StoredRequest | undefined> {
  if (lacksFilesOnly(request)) return completeErasure(world, request);
  const now = world.clock.now();
  const holds = await standingHolds(world, now, request.subject);
  // One that keeps everything needs no counting.
  if (holds.some((hold) => hold.collection === undefined)) return undefined;
  const plan = [
    ...(await planRemoval(world, request.subject, holds, now)),
    ...(await surveyOwnRecords(world, request.subject, request, holds, now)),
  ];
  const held = heldLines(request);
  const free = plan.filter((line) => line.action !== 'keep' && line.count > 0);
  if (!free.some((line) => held.some((each) => each.collection === line.collection))) return undefined;

  // The case itself last: until it is open again, all of this is found and repeated.
  const { right, regime, receivedAt } = request;
  const dueOn = await requestDueOn(world, { right, regime, receivedAt, resumedAt: now });
  await reopenTicket(world, request.ticket, dueOn, now);
  const text = 'The hold that stopped an erasure was lifted: look at the preview of the rest, propose and approve it.';
  const about = request._id;
  await raiseFinding(world, { code: 'ERASURE_INCOMPLETE', about, severity: 'warning', text, place: about }, now);
  return changeRequest(world, about, { type: 'Resume' }, now, () => ({
    dueOn,
    extensionTold: undefined,
    captured: undefined,
  }));
}

async function reopenTicket(world: World, id: string, dueOn: string, now: Date): Promise<void> {
  await update<Ticket>(world, 'tickets', id, ({ closedAt: _, ...ticket }) => ({
    document: { ...ticket, status: 'open', dueOn },
    events: ticket.status === 'closed' ? [event(world, 'TicketReopened', now, { by: 'kept' })] : [],
  }));
}
