import type { Actions } from '../abilities.ts';
import type { StaffVisit, TicketVisit } from '../visit.ts';
import { permitted } from './withRecord.ts';

/** Finds the ticket of the address and hands it over. */
export async function withTicket(visit: StaffVisit, action: Actions['Ticket']): Promise<TicketVisit> {
  const found = await visit.kept.tickets.get(visit.params.id ?? '');

  return { ...visit, ticket: permitted(visit, action, 'Ticket', found) };
}
