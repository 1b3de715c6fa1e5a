import { isClosed } from '../../kernel/request/requestStatus.ts';
import { event, update } from '../aggregate.ts';
import { scrubEvidence, settleEvidence } from '../evidence/evidence.ts';
import { raiseFinding } from '../findings/findings.ts';
import type { Where } from '../ports/recordStore.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { attemptKeys, sweepAttempts } from './attempts.ts';
import { noteHandedOver } from './noteHandedOver.ts';
import { keyIdOf, partKey, type StoredPackage } from './storedPackage.ts';

const ROUND = 100;

/** How packages are called in plans and receipts. */
export const PACKAGES = 'kept.packages';

/** Takes packages away whole, those of these requests or of this person, with what the evidence says of them. Repeating it is harmless. */
export async function endPackages(
  world: World,
  of: { readonly subject: string } | { readonly requests: readonly string[] },
): Promise<number> {
  const packages = world.records.collection<StoredPackage>('packages');
  const where: Where = {
    service: world.service,
    ...('subject' in of ? { subject: of.subject } : { request: { in: of.requests } }),
  };
  let ended = 0;
  for (;;) {
    const some = await packages.find(where, { limit: ROUND });
    if (some.length === 0) return ended;
    for (const one of some) await shred(world, one);
    const ids = some.map(({ _id }) => _id);
    await settleEvidence(world, some);
    await scrubEvidence(world, ids);
    ended += await packages.remove({ _id: { in: ids } });
  }
}

/**
 * Ends those whose time is over, and those that nobody makes any more; removes what dead workers left of others; tells
 * requests of deliveries that they missed.
 */
export async function expirePackages(world: World): Promise<{ expired: number }> {
  const now = world.clock.now();
  const packages = world.records.collection<StoredPackage>('packages');
  const { service } = world;

  const unnoted = { service, deliveredAt: { exists: true }, noted: { exists: false } } as const;
  for (const one of await packages.find(unnoted)) await noteHandedOver(world, one);

  let expired = 0;
  for (;;) {
    const over = { service, state: 'ready', availableUntil: { upTo: now } } as const;
    const some = await packages.find(over, { sort: { availableUntil: 1 }, limit: ROUND });
    for (const one of some) await expire(world, one, now);
    expired += some.length;
    if (some.length < ROUND) break;
  }
  for (const one of await packages.find({ service, state: 'making' })) {
    const request = await world.records.collection<StoredRequest>('requests').get(one.request);
    if (request && !isClosed(request)) continue;
    await expire(world, one, now);
    expired += 1;
  }
  await sweepAttempts(world, now);
  return { expired };
}

async function expire(world: World, made: StoredPackage, now: Date): Promise<void> {
  await shred(world, made);
  await update<StoredPackage>(world, 'packages', made._id, (newest) => {
    if (newest.state === 'expired') return undefined;
    const { place: _, progress: _progress, broken: _broken, ...rest } = newest;
    const details = { delivered: rest.deliveredAt !== undefined };
    return { document: { ...rest, state: 'expired' }, events: [event(world, 'PackageExpired', now, details)] };
  });
}

/** The key first: from then on nobody can read a part, in no backup either. Then the bytes, those that count for nothing too. */
async function shred(world: World, made: StoredPackage): Promise<void> {
  const { _id, parts } = made;
  await world.keys.destroy(keyIdOf(_id));
  const counted = parts.map(({ attempt }, index) => partKey(_id, index + 1, attempt));
  const removed = await world.packages.remove([...counted, ...attemptKeys(made)]);
  const left = removed.filter(({ state }) => state !== 'gone' && state !== 'absent');
  if (left.length === 0) return;
  const text = `${left.length} parts of a package that is over could not be removed. They are sealed under a key that is gone.`;
  const finding = { code: 'PACKAGE_LEFT', about: _id, severity: 'warning', text, place: _id } as const;
  await raiseFinding(world, finding, world.clock.now());
}
