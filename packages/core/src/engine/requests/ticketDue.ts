import { update } from '../aggregate.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';

/** A ticket is due when its most urgent open request is; one without any stays as it is. */
export async function settleTicketDue(world: World, id: string): Promise<void> {
  const [first] = await world.records
    .collection<StoredRequest>('requests')
    .find({ service: world.service, ticket: id, closedAt: { exists: false } }, { sort: { dueOn: 1 }, limit: 1 });
  if (!first) return;
  await update<Ticket>(world, 'tickets', id, (ticket) =>
    ticket.dueOn === first.dueOn ? undefined : { document: { ...ticket, dueOn: first.dueOn } },
  );
}
