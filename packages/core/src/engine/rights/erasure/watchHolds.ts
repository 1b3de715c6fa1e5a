import type { Hold } from '../../../kernel/decision.ts';
import { standingHolds } from '../../requests/activeHolds.ts';
import type { World } from '../../world.ts';

export interface HoldWatch {
  /** The holds that a plan made now must respect. */
  readonly holds: readonly Hold[];
  /** Whether others stand by now: one was placed or lifted, changed, or has ended. One read. */
  moved(): Promise<boolean>;
}

/** The holds on a person, and whether a plan that was made by them is still the right one: asked before every unit. */
export async function watchHolds(world: World, subject: string): Promise<HoldWatch> {
  const holds = await standingHolds(world, world.clock.now(), subject);
  const stamp = stampOf(holds);
  return {
    holds,
    moved: async () => stampOf(await standingHolds(world, world.clock.now(), subject)) !== stamp,
  };
}

function stampOf(holds: readonly Hold[]): string {
  return holds
    .map(({ kind, collection, ground, from, until }) => JSON.stringify([kind, collection, ground, from, until]))
    .sort()
    .join();
}
