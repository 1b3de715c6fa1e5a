import { event, update } from '../aggregate.ts';
import { sameText } from '../sameText.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { type Confirmation, confirmationToken, notUsable } from './confirmation.ts';

/** Challenges of the identity count upwards from one, those of a new address downwards. */
export function challengeOf({ number }: { readonly number: number }): number {
  return -number;
}

/** What a link to a new address stands for. */
export async function peekNewAddress(world: World, token: string): Promise<Confirmation | undefined> {
  const request = await requestOf(world, token);
  return request && { right: request.right, rights: [request.right], state: stateOf(request, world.clock.now()) };
}

/** The owner of the new address has pressed the button. Throws CONFIRMATION_CLOSED. */
export async function confirmNewAddress(world: World, token: string, now: Date): Promise<StoredRequest> {
  const request = await requestOf(world, token);
  const number = request?.newAddress?.number;
  if (!request || number === undefined) throw notUsable('expired');
  return update<StoredRequest>(world, 'requests', request._id, (newest) => {
    const { newAddress } = newest;
    const state = newAddress?.number === number ? stateOf(newest, now) : 'expired';
    if (!newAddress || state !== 'usable') throw notUsable(state === 'used' ? 'used' : 'expired');
    return {
      document: { ...newest, newAddress: { ...newAddress, confirmedAt: now } },
      events: [event(world, 'NewAddressConfirmed', now, { number })],
    };
  });
}

function stateOf({ newAddress }: StoredRequest, now: Date): Confirmation['state'] {
  if (newAddress?.confirmedAt) return 'used';
  return newAddress && newAddress.expiresAt > now ? 'usable' : 'expired';
}

async function requestOf(world: World, token: string): Promise<StoredRequest | undefined> {
  const id = token.slice(0, token.lastIndexOf('.'));
  const request = id ? await world.records.collection<StoredRequest>('requests').get(id) : undefined;
  if (request?.service !== world.service || !request.newAddress) return undefined;
  const wanted = await confirmationToken(world, id, challengeOf(request.newAddress));
  return sameText(wanted, token) ? request : undefined;
}
