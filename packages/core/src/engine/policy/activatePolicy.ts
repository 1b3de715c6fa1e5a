import { event, fresh, update } from '../aggregate.ts';
import type { Stored } from '../stored.ts';
import type { World } from '../world.ts';

/** The policy that a service works by, with its version and hash. */
interface ActivePolicy extends Stored {
  readonly pack: string;
  readonly policyVersion: number;
  readonly hash: string;
  readonly since: Date;
}

/** Records which version the service works by from now on; a start with the same files changes nothing. */
export async function activatePolicy(world: World): Promise<void> {
  const now = world.clock.now();
  const { pack, version, hash } = world.policy;
  const id = `policy-${world.service}`;
  const activated = event(world, 'PolicyActivated', now, { pack, version, hash });
  const first: ActivePolicy = { ...fresh(world, id, [activated]), pack, policyVersion: version, hash, since: now };
  if (await world.records.collection<ActivePolicy>('policies').insert(first)) return;
  await update<ActivePolicy>(world, 'policies', id, (active) =>
    active.hash === hash
      ? undefined
      : { document: { ...active, pack, policyVersion: version, hash, since: now }, events: [activated] },
  );
}
