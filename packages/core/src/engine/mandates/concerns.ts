import { KeptError } from '../../kernel/keptError.ts';
import { isAddressSubject } from '../../kernel/request/addressSubject.ts';
import { event, notFound, update } from '../aggregate.ts';
import { accountOf } from '../children/reportChild.ts';
import { challenge } from '../requests/acknowledge.ts';
import { demandOffice } from '../staff/demandOffice.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import { demandSubject } from '../subjects/demandSubject.ts';
import type { World } from '../world.ts';

/** Takes down whose data a request is about, as a staff member found it; they are asked before anything is done. */
export async function concerns(world: World, id: string, by: string, subject: string): Promise<StoredRequest> {
  const now = world.clock.now();
  demandSubject(subject);
  if (typeof id !== 'string') throw notFound('requests', 'no text');
  await demandOffice(world, by, `request ${id}`);
  if (!(await world.data.exists(subject))) {
    throw new KeptError('SUBJECT_INVALID', 'There is no account under this key', {
      place: 'subject',
      remedy: 'Give the key of the account as the host keeps it.',
    });
  }
  const about = await accountOf(world, subject);
  const found = await update<StoredRequest>(world, 'requests', id, (request) => {
    demandOpen(request);
    // A link that went to whoever wrote opens nothing of the person who was found: from here on it is void.
    const voided = request.challenge && { challenge: { ...request.challenge, expiresAt: now } };
    return {
      document: { ...request, about, ...voided },
      events: [event(world, 'SubjectFound', now, { by, subject })],
    };
  });
  const ticket = await world.records.collection<Ticket>('tickets').get(found.ticket);
  if (!ticket) throw notFound('tickets', found.ticket);
  return found.challenge ? challenge(world, found, ticket, now, by) : found;
}

function demandOpen({ _id, status, report, about }: StoredRequest): void {
  if (status === 'received' && !report && (!about || isAddressSubject(about.subject))) return;
  throw new KeptError('REQUEST_CONFLICT', 'It is known already whose data this is about', {
    place: `request ${_id}`,
    remedy: 'Look at the request again.',
  });
}
