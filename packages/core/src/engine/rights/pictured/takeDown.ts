import { runOf } from '../../../kernel/request/runOf.ts';
import { finishOpenUnits, removeBatch, UNIT_SIZE } from '../../removal/carryOut.ts';
import type { StoredRequest, Unit } from '../../stored.ts';
import type { ShownIn } from '../../storedCase.ts';
import type { World } from '../../world.ts';
import type { Beat } from '../executor.ts';

/**
 * Removes the records that show the person, with their files and renditions and with what was made of them and lies in
 * collections of its own. Remixes by others stay, without their link to it. Answers what stays, a sentence each.
 */
export async function takeDown(world: World, request: StoredRequest, beat: Beat): Promise<string[]> {
  const run = runOf(request);
  const now = world.clock.now();
  await finishOpenUnits(world, run, now);
  for (const shown of request.shownIn ?? []) {
    await removeDerived(world, run, shown, beat);
    await beat();
    const records = await world.data.recordsNamed(shown.collection, [shown.record]);
    if (records.length > 0)
      await removeBatch(world, { run, collection: shown.collection, action: 'erase', records }, world.clock.now());
  }
  const units = await world.records.collection<Unit>('units').find({ run });
  const shared = units.reduce((sum, unit) => sum + unit.filesShared, 0);
  const left = units.reduce((sum, unit) => sum + (unit.filesLeft?.length ?? 0), 0);
  return [
    ...(shared > 0 ? [`${shared} of the files are part of other records too, which are not decided.`] : []),
    ...(left > 0 ? [`${left} of the files could not be removed yet; they are tried again.`] : []),
  ];
}

/** How many of those records are gone, and how many are there. */
export async function lookAgain(
  { data }: World,
  { shownIn = [] }: Pick<StoredRequest, 'shownIn'>,
): Promise<{ readonly gone: number; readonly left: number }> {
  let left = 0;
  for (const { collection, record } of shownIn) left += (await data.recordsNamed(collection, [record])).length;
  return { gone: shownIn.length - left, left };
}

/** What leads to its person through the record, such as an embedding of it. */
async function removeDerived(world: World, run: string, { collection, record }: ShownIn, beat: Beat): Promise<void> {
  const through = world.policy.inventory.collections.filter(
    ({ subject }) => subject.by === 'through' && subject.collection === collection,
  );
  // Nobody's own records: only what leads through this one.
  const captured = { subject: '', addresses: [], keys: { [collection]: [record] } };
  for (const { name } of through) {
    for (;;) {
      await beat();
      const records = await world.data.recordsOf('', name, UNIT_SIZE, captured);
      if (records.length === 0) break;
      await removeBatch(world, { run, collection: name, action: 'erase', records }, world.clock.now());
    }
  }
}
