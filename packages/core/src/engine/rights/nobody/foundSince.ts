import { isAddressSubject } from '../../../kernel/request/addressSubject.ts';
import { changeRequest } from '../../requests/changeRequest.ts';
import { openRequest } from '../../requests/openRequest.ts';
import type { StoredRequest } from '../../stored.ts';
import type { World } from '../../world.ts';
import type { VerifiedRequest } from '../executor.ts';

/**
 * Looks again once the address is proven: whoever signed up with it since they asked is answered as a person who is known.
 * Undefined where still nobody is found.
 */
export async function foundSince(
  world: World,
  request: VerifiedRequest,
  now: Date,
): Promise<StoredRequest | undefined> {
  const { _id, about, right, channel, receivedAt, ticket, requester, language, asks } = request;
  if (!about || !isAddressSubject(request.subject)) return undefined;
  const subjects = await world.data.subjectsAt(about.address);
  const ids = subjects.map((_, index) => `${_id}-found${index === 0 ? '' : `-${index + 1}`}`);
  for (const [index, subject] of subjects.entries()) {
    const id = ids[index] as string;
    const known = { subject, address: about.address };
    const input = { id, right, channel, receivedAt, ticket, requester, about: known, language, ...(asks && { asks }) };
    await openRequest(world, input, now);
    await changeRequest(world, id, { type: 'Acknowledge' }, now);
    await changeRequest(world, id, { type: 'ConfirmIdentity', subject, how: 'link' }, now);
  }
  return ids[0] === undefined ? undefined : changeRequest(world, _id, { type: 'Link', of: ids[0] }, now);
}
