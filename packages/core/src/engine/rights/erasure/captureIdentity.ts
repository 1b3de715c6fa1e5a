import { runOf } from '../../../kernel/request/runOf.ts';
import { update } from '../../aggregate.ts';
import type { Identifiers } from '../../ports/personalDataSource.ts';
import type { StoredRequest } from '../../stored.ts';
import type { World } from '../../world.ts';
import type { RunningRequest } from '../executor.ts';

export type Captured = RunningRequest & { readonly captured: Identifiers };

/**
 * Takes down who it is before anything goes, and enters the ledger, so that a restored backup is erased again. The ledger
 * comes after the start: it must not name somebody whose request was taken back at the last moment.
 */
export async function captureIdentity(world: World, request: RunningRequest): Promise<Captured> {
  const captured = request.captured ?? (await world.data.identify(request.subject));
  const known = await update<StoredRequest>(world, 'requests', request._id, (each) =>
    each.captured ? undefined : { document: { ...each, captured } },
  );
  const { subject, startedAt, about } = request;
  const addresses = new Set([...captured.addresses, ...(about ? [about.address] : [])]);
  // The same entry after a crash is no second one.
  await world.ledger.append({
    id: `erasure:${runOf(request)}`,
    at: startedAt.toISOString(),
    kind: 'erasure',
    service: world.service,
    subject: await world.keys.mac('ledger', subject),
    addresses: await Promise.all([...addresses].map((address) => world.keys.mac('ledger', address))),
  });
  return known as Captured;
}
