import { event, update } from '../aggregate.ts';
import { inquiryDueOn } from '../requests/requestClock.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';

/**
 * Somebody wrote again, at `writtenAt`: the ticket waits for us, with the promised period from then on where we had answered.
 * `details` go to the evidence.
 */
export async function wakeTicket(
  world: World,
  ticket: string,
  { writtenAt, now, details }: { writtenAt: Date; now: Date; details: Readonly<Record<string, unknown>> },
): Promise<void> {
  const open = await world.records
    .collection<StoredRequest>('requests')
    .find({ ticket, closedAt: { exists: false } }, { sort: { dueOn: 1 }, limit: 1 });
  const answerBy = inquiryDueOn(world, writtenAt);
  const dueOn = open[0] && open[0].dueOn < answerBy ? open[0].dueOn : answerBy;
  await update<Ticket>(world, 'tickets', ticket, ({ closedAt: _, ...each }) =>
    each.status === 'open'
      ? undefined
      : {
          document: { ...each, status: 'open', dueOn },
          events: [event(world, 'TicketReopened', now, details)],
        },
  );
}
