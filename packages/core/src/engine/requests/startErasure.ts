import { runOf } from '../../kernel/request/runOf.ts';
import type { Identifiers } from '../ports/personalDataSource.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { changeRequest } from './changeRequest.ts';

export type Started = StoredRequest & { status: 'running'; subject: string; captured: Identifiers };

/**
 * Takes down who it is before anything goes, and enters the ledger, so that a restored backup is erased again. The ledger
 * comes after the start: it must not name somebody whose request was taken back at the last moment.
 */
export async function startErasure(world: World, request: StoredRequest, now: Date): Promise<Started> {
  const started = await start(world, request, now);
  const { subject, captured, startedAt, about } = started;
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
  return started;
}

async function start(world: World, request: StoredRequest, now: Date): Promise<Started> {
  if (request.status === 'running' && request.captured) return request as Started;
  const captured = await world.data.identify((request as Started).subject);
  return (await changeRequest(world, request._id, { type: 'Start' }, now, () => ({ captured }))) as Started;
}
