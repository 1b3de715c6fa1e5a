import { dayOf, letterFrame } from '../outbox/letterFrame.ts';
import { queueLetter } from '../outbox/queueLetter.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';

/** Tells the agent that the person has our answer. Only of somebody who had confirmed that they act for them, or shown it. */
export async function tellAgent(world: World, request: StoredRequest, ticket: Ticket, now: Date): Promise<void> {
  const { requester, mandate, status } = request;
  // What goes on elsewhere is not answered yet, and what was taken back never is.
  if (status === 'linked' || status === 'withdrawn') return;
  const hasCopy = mandate?.copy && (status === 'fulfilled' || status === 'partly-fulfilled');
  if (!mandate || hasCopy || !('identity' in request) || !requester.address) return;
  await queueLetter(
    world,
    {
      occasion: `agent-answered:${request._id}`,
      to: requester.address,
      letter: 'agent-answered',
      language: request.language,
      model: { ...letterFrame(world, ticket), right: request.right, receivedOn: dayOf(world, request.receivedAt) },
      automatic: false,
      ticket: ticket._id,
      request: request._id,
    },
    now,
  );
}
