import { KeptError } from '../../kernel/keptError.ts';
import { save } from '../aggregate.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';

/** Short, so that after a crash the next worker waits no longer than this; renewed while work goes on. */
export const LEASE_MS = 60_000;
export const RENEW_AFTER_MS = 15_000;

export interface RequestLease {
  /** Renews the lease where it is time to. Throws REQUEST_CONFLICT where another worker has taken the request over. */
  beat(options?: { now?: boolean }): Promise<void>;
  /** Gives it back before its time, for whoever can go on with it. */
  release(): Promise<void>;
}

/** Takes a request that is ready or was interrupted for this worker alone. Throws REQUEST_CONFLICT. */
export async function requestLease(world: World, id: string): Promise<RequestLease> {
  const holder = world.crypto.newId();
  let since = world.clock.now();
  let request = await claim(world, id, holder, since);
  return {
    async beat(options) {
      const now = world.clock.now();
      if (!options?.now && now.getTime() - since.getTime() < RENEW_AFTER_MS) return;
      request = await claim(world, id, holder, now, holder);
      since = now;
    },
    async release() {
      const { lease: _, ...free } = request;
      // Whoever changed it meanwhile knows better; then it ends by itself.
      await save(world.records.collection<StoredRequest>('requests'), free as StoredRequest).catch(() => undefined);
    },
  };
}

async function claim(world: World, id: string, holder: string, now: Date, mine?: string): Promise<StoredRequest> {
  const where = {
    _id: id,
    service: world.service,
    status: { in: ['verified', 'approved', 'decided', 'running'] },
    ...(mine && { 'lease.holder': mine }),
  };
  const until = new Date(now.getTime() + LEASE_MS);
  const claimed = await world.records.collection<StoredRequest>('requests').claim(where, holder, now, until);
  if (claimed) return claimed;
  throw new KeptError('REQUEST_CONFLICT', 'The request is not ready, or another worker runs it', {
    place: `request ${id}`,
    remedy: 'Look at its state; a run that was interrupted goes on by itself.',
  });
}
