import { isAddressSubject } from '../../kernel/request/addressSubject.ts';
import { fresh, update } from '../aggregate.ts';
import type { Identifier, StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';
import { followLaw } from './followLaw.ts';

/** Once somebody has confirmed who they are: the ticket knows whose it is, the address is kept as verified, and their law holds. */
export async function linkSubject(world: World, request: StoredRequest & { subject: string }): Promise<StoredRequest> {
  const { subject, about } = request;
  const verifiedAt = 'identity' in request ? request.identity.at : world.clock.now();
  // With several accounts at one address the first stands on the ticket: they are never merged.
  await update<Ticket>(world, 'tickets', request.ticket, (ticket) =>
    ticket.subject || isAddressSubject(subject) ? undefined : { document: { ...ticket, subject } },
  );
  if (about && isProven(request)) {
    const mark = world.crypto.sha256([world.service, 'email', about.address, subject].join('\n')).slice(0, 24);
    await world.records.collection<Identifier>('identifiers').insert({
      ...fresh(world, `identifier-${mark}`),
      subject,
      kind: 'email',
      value: about.address,
      verifiedAt,
    });
  }
  await followLaw(world, request);
  return update<StoredRequest>(world, 'requests', request._id, (each) => ({ document: { ...each, linked: true } }));
}

/**
 * What a report says of an address nobody has confirmed, nor what stands in a mandate, nor who merely writes from it; that of a
 * test is a staff member's.
 */
function isProven(request: StoredRequest & { subject: string }): boolean {
  if (request.report || request.test || isAddressSubject(request.subject)) return false;
  return !('identity' in request) || (request.identity.how !== 'writer' && request.identity.how !== 'mandate');
}
