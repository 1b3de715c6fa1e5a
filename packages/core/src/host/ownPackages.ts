import type { Kept } from '../engine/kept.ts';
import { dayOf } from '../engine/outbox/letterFrame.ts';
import type { World } from '../engine/world.ts';
import type { Right } from '../kernel/classify/right.ts';

/** What lies ready for a person, the newest first. Days are YYYY-MM-DD in the controller's zone. */
export async function ownPackages(
  kept: Kept,
  world: World,
  subject: string,
  asked: Readonly<Record<Right, string>>,
): Promise<readonly { id: string; label: string; madeOn: string; until: string }[]> {
  const all = await kept.packages.of(subject);
  return all.flatMap(({ id, state, right, readyAt, availableUntil }) =>
    state === 'ready' && readyAt && availableUntil
      ? [{ id, label: asked[right], madeOn: dayOf(world, readyAt), until: dayOf(world, availableUntil) }]
      : [],
  );
}
