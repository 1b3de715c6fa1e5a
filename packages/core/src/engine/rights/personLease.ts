import { KeptError } from '../../kernel/keptError.ts';
import { fresh, save } from '../aggregate.ts';
import { LEASE_MS, RENEW_AFTER_MS } from '../requests/requestLease.ts';
import type { Stored, StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import type { Beat } from './executor.ts';

/** Takes a person's data for one run alone; requests without a person share nothing. Throws REQUEST_CONFLICT. */
export async function personLease(
  world: World,
  request: StoredRequest,
): Promise<{ beat: Beat; release(): Promise<void> }> {
  if (!('subject' in request)) return { beat: async () => {}, release: async () => {} };
  const leases = world.records.collection<Stored>('leases');
  const id = `${world.service}:person:${await world.keys.mac('lease', request.subject)}`;
  await leases.insert(fresh(world, id));

  let since = world.clock.now();
  let held = await take(since);
  async function take(now: Date): Promise<Stored> {
    // Under the request's own name, so that whoever goes on with it after a crash need not wait.
    const taken = await leases.claim({ _id: id }, request._id, now, new Date(now.getTime() + LEASE_MS));
    if (taken) return taken;
    throw new KeptError('REQUEST_CONFLICT', 'Another request of this person is being carried out', {
      place: `request ${request._id}`,
      remedy: 'It goes on by itself once that one is done.',
    });
  }
  return {
    async beat(options) {
      const now = world.clock.now();
      if (!options?.now && now.getTime() - since.getTime() < RENEW_AFTER_MS) return;
      held = await take(now);
      since = now;
    },
    async release() {
      const { lease: _, ...free } = held;
      // Somebody else may hold it by now; then there is nothing to give back.
      await save(leases, free).catch(() => undefined);
    },
  };
}
