import type { CollectionName, Where } from '../ports/recordStore.ts';
import type { Stored } from '../stored.ts';
import type { World } from '../world.ts';
import { type Batch, removeBatch, UNIT_SIZE } from './carryOut.ts';
import { mayGoOn, type Pace } from './pace.ts';

/** What of Kept's own goes, where it lies, and how it is called in plans and receipts (`collection`). */
export interface OwnBatch extends Pick<Batch, 'run' | 'collection' | 'action'> {
  readonly name: CollectionName;
  readonly where: Where;
}

/** Ends what Kept itself holds of somebody, as units of the run, so that each is counted once whatever happens. */
export async function removeOwn(world: World, { name, where, ...batch }: OwnBatch, pace: Pace): Promise<void> {
  for (;;) {
    // What has ended names the person no more, and is not found again.
    const found = await world.records
      .collection<Stored>(name)
      .find({ service: world.service, ...where }, { limit: UNIT_SIZE });
    if (found.length === 0 || !(await mayGoOn(pace))) return;
    const records = found.map(({ _id }) => ({ id: _id, files: [] }));
    const { done } = await removeBatch(world, { ...batch, records }, world.clock.now());
    // Nothing of it could go: the second look will say so.
    if (done === 0) return;
  }
}
