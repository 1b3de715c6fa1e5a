import { KeptError } from '../../kernel/keptError.ts';
import { update } from '../aggregate.ts';
import { raiseFinding } from '../findings/findings.ts';
import type { Identifiers } from '../ports/personalDataSource.ts';
import { eraseOwnRecords } from '../removal/ownRecords.ts';
import { removeSubject } from '../removal/removeSubject.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { activeHolds } from './activeHolds.ts';
import { changeRequest } from './changeRequest.ts';

const LEASE_MS = 10 * 60_000;
const ROUNDS = 3;

/**
 * Carries an approved erasure out, or goes on with one that was interrupted: captures the identifiers, enters the ledger,
 * removes unit by unit, looks again. Throws REQUEST_CONFLICT where another worker holds the request.
 */
export async function eraseSubject(world: World, id: string): Promise<StoredRequest> {
  const now = world.clock.now();
  const request = await claim(world, id, now);
  const started = await start(world, request, now);

  const held = (await activeHolds(world, now, started.subject)).filter((hold) => hold.kind !== 'access-open');
  const missing = held.length > 0 ? held.map((hold) => `held: ${hold.ground}`) : await removeAll(world, started);

  const ended = world.clock.now();
  if (missing.length > 0) {
    await raiseFinding(
      world,
      {
        code: 'ERASURE_INCOMPLETE',
        about: id,
        severity: 'error',
        text: `An erasure ended with something left: ${missing.join('; ')}`,
        place: id,
      },
      ended,
    );
  }
  return changeRequest(world, id, { type: 'Fulfil', missing }, ended, () => ({
    captured: undefined,
    lease: undefined,
  }));
}

type Started = StoredRequest & { status: 'running'; subject: string; captured: Identifiers };

async function claim(world: World, id: string, now: Date): Promise<StoredRequest> {
  const claimed = await world.records
    .collection<StoredRequest>('requests')
    .claim(
      { _id: id, service: world.service, status: { in: ['approved', 'running'] } },
      world.crypto.newId(),
      now,
      new Date(now.getTime() + LEASE_MS),
    );
  if (claimed) return claimed;
  throw new KeptError('REQUEST_CONFLICT', 'The request is not approved, or another worker runs it', {
    place: `request ${id}`,
    remedy: 'Look at its state; a run that was interrupted goes on by itself.',
  });
}

/** Takes down who it is before anything goes, and enters the ledger, so that a restored backup is erased again. */
async function start(world: World, request: StoredRequest, now: Date): Promise<Started> {
  if (request.status === 'running' && request.captured) return request as Started;
  const { subject } = request as Started;
  const captured = await world.data.identify(subject);
  const addresses = new Set([...captured.addresses, ...(request.about ? [request.about.address] : [])]);

  await world.ledger.append({
    id: `erasure:${request._id}`,
    at: now.toISOString(),
    kind: 'erasure',
    service: world.service,
    subject: await world.keys.mac('ledger', subject),
    addresses: await Promise.all([...addresses].map((address) => world.keys.mac('ledger', address))),
  });
  return (await changeRequest(world, request._id, { type: 'Start' }, now, () => ({ captured }))) as Started;
}

/** Answers what is left, in words without personal data; nothing for a clean end. */
async function removeAll(world: World, request: Started): Promise<string[]> {
  for (let round = 1; ; round += 1) {
    await removeSubject(world, { run: request._id, subject: request.subject, lines: request.preview.lines });
    await eraseOwnRecords(world, request.subject, request);

    const residue = await world.data.residue(request.captured);
    const found = residue.reduce((sum, each) => sum + each.count, 0);
    const lookedAt = world.clock.now();
    await update<StoredRequest>(world, 'requests', request._id, (each) => ({
      document: { ...each, residue: { lookedAt, found, rounds: round } },
    }));
    if (found === 0) return [];
    if (round === ROUNDS)
      return residue.map((each) => `${each.collection}: ${each.count} records still name the person`);
  }
}
