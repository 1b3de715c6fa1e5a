import type { PlanLine } from '../../kernel/decision.ts';
import { runOf } from '../../kernel/request/runOf.ts';
import type { Disclosure } from '../keptEgress.ts';
import { removeBatch } from '../removal/carryOut.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { DISCLOSURES } from './endDisclosures.ts';

/** Cuts what says of the person that something left loose from them, or takes it away, as a unit of an erasure's run. */
export async function eraseDisclosures(
  world: World,
  subject: string,
  request: StoredRequest,
  lines: readonly PlanLine[],
): Promise<void> {
  const { service } = world;
  const found = await world.records.collection<Disclosure>('disclosures').find({ service, subject });
  if (found.length === 0) return;
  const planned = lines.find(({ collection }) => collection === DISCLOSURES);
  const action = planned?.action === 'erase' ? 'erase' : 'detach';
  const records = found.map(({ _id }) => ({ id: _id, files: [] }));
  await removeBatch(world, { run: runOf(request), collection: DISCLOSURES, action, records }, world.clock.now());
}
