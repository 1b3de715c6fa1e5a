import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';

/** Where the account is registered now: an address that was given up since, or that somebody else has, must not open it. */
export async function registeredAddress(world: World, about: NonNullable<StoredRequest['about']>): Promise<string> {
  const registered = await world.data.addressesOf(about.subject);
  return registered.includes(about.address) ? about.address : (registered[0] ?? about.address);
}
