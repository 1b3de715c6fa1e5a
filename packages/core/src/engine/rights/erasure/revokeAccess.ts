import type { PlanLine } from '../../../kernel/decision.ts';
import { opensDoors } from '../../../kernel/erasure/opensDoors.ts';
import { event, update } from '../../aggregate.ts';
import { raiseFinding } from '../../findings/findings.ts';
import type { StoredRequest } from '../../stored.ts';
import type { World } from '../../world.ts';
import type { RunningRequest } from '../executor.ts';

/**
 * Before anything goes, the host ends what lets somebody in with this account, sessions and keys, also those whose records a
 * hold keeps: who is being erased must make no new data. Once for a run; where the host's own hook throws, the run waits.
 */
export async function revokeAccess(world: World, request: RunningRequest): Promise<void> {
  if (!world.revoke || request.revokedAt) return;
  await world.revoke(request.subject);
  const now = world.clock.now();
  await update<StoredRequest>(world, 'requests', request._id, (each) =>
    each.revokedAt
      ? undefined
      : { document: { ...each, revokedAt: now }, events: [event(world, 'AccessRevoked', now)] },
  );
}

/** Says where sessions or keys stay under a hold and nobody has ended them: their records are all that could be taken away. */
export async function reportOpenDoors(world: World, request: RunningRequest, held: readonly PlanLine[]): Promise<void> {
  const names = new Set(held.flatMap(({ collection, count }) => (count > 0 ? [collection] : [])));
  const open = world.policy.inventory.collections.filter((each) => names.has(each.name) && opensDoors(each));
  if (world.revoke || open.length === 0) return;
  const where = open.map(({ name }) => name).join(', ');
  const text = `A hold keeps records of ${where}, and no hook ends what they let in: give createKept revoke, or end them by hand.`;
  const about = request._id;
  await raiseFinding(
    world,
    { code: 'ACCESS_NOT_REVOKED', about, severity: 'error', text, place: about },
    world.clock.now(),
  );
}
