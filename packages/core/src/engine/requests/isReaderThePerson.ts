import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';

/**
 * Whether letters to the requester are read by the person whose data it is about. Anybody can write about somebody else:
 * to another address nothing is said that depends on where that person lives, or the date would tell it.
 */
export async function isReaderThePerson(
  world: World,
  { about, channel, requester }: Pick<StoredRequest, 'about' | 'channel' | 'requester'>,
): Promise<boolean> {
  if (!about || channel === 'app') return true;
  const registered = await world.data.addressesOf(about.subject);
  return registered.some((address) => address.toLowerCase() === requester.address);
}
