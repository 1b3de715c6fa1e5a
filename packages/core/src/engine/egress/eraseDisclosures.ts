import type { PlanLine } from '../../kernel/decision.ts';
import { runOf } from '../../kernel/request/runOf.ts';
import type { Pace } from '../removal/pace.ts';
import { removeOwn } from '../removal/removeOwn.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { DISCLOSURES } from './endDisclosures.ts';

/** Cuts what says of the person that something left loose from them, or takes it away, as units of an erasure's run. */
export function eraseDisclosures(
  world: World,
  subject: string,
  request: StoredRequest,
  lines: readonly PlanLine[],
  pace: Pace,
): Promise<void> {
  const planned = lines.find(({ collection }) => collection === DISCLOSURES);
  const action = planned?.action === 'erase' ? 'erase' : 'detach';
  const batch = {
    run: runOf(request),
    collection: DISCLOSURES,
    action,
    name: 'disclosures',
    where: { subject },
  } as const;
  return removeOwn(world, batch, pace);
}
