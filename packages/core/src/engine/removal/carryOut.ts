import { event, fresh, save } from '../aggregate.ts';
import { distinctFiles, fileName } from '../fileName.ts';
import type { SourceRecord } from '../ports/personalDataSource.ts';
import { type RuleDue, stillOver } from '../retention/overForOwner.ts';
import type { Unit } from '../stored.ts';
import type { World } from '../world.ts';
import { eraseConversations } from './eraseConversations.ts';

/** Records that go in one unit: enough to be fast, few enough to repeat cheaply after a crash. */
export const UNIT_SIZE = 500;

export interface Batch {
  readonly run: string;
  readonly collection: string;
  readonly action: Unit['action'];
  readonly redaction?: NonNullable<Unit['redaction']>;
  readonly records: readonly SourceRecord[];
}

/**
 * Writes the unit down, then carries it out. Whatever the moment at which the process dies, the unit is found open and
 * repeated: records that are gone stay gone, and their files are known from the unit, not from the records.
 */
export async function removeBatch(world: World, batch: Batch, now: Date, stillDue?: RuleDue): Promise<Unit> {
  const units = world.records.collection<Unit>('units');
  const { run, collection, action, redaction, records } = batch;
  const unit: Unit = {
    ...fresh(world, `${run}:${collection}:${world.crypto.newId()}`),
    run,
    collection,
    action,
    ...(redaction && { redaction }),
    ids: records.map((record) => record.id),
    files: action === 'detach' ? [] : distinctFiles(records.flatMap((record) => record.files)),
    state: 'open',
    done: 0,
    filesDone: 0,
    filesShared: 0,
    at: now,
  };
  await units.insert(unit);
  return carryOut(world, unit, now, stillDue);
}

/** Ends what an earlier process began. */
export async function finishOpenUnits(world: World, run: string, now: Date, stillDue?: RuleDue): Promise<Unit[]> {
  const open = await world.records.collection<Unit>('units').find({ run, state: 'open' });
  const finished: Unit[] = [];
  for (const unit of open) finished.push(await carryOut(world, unit, now, stillDue));
  return finished;
}

async function carryOut(world: World, unit: Unit, now: Date, stillDue?: RuleDue): Promise<Unit> {
  const done = await takeAway(world, unit, stillDue);

  // A file goes when the last record that holds it is gone: inputs may be shared by several generations.
  const shared = await world.data.stillReferenced(unit.files);
  const kept = new Set(shared.map(fileName));
  let filesDone = 0;
  for (const file of unit.files) {
    if (kept.has(fileName(file))) continue;
    await world.files[file.store]?.remove(file.key);
    filesDone += 1;
  }

  return save(
    world.records.collection<Unit>('units'),
    { ...unit, state: 'done', done, filesDone, filesShared: shared.length },
    [
      event(world, 'UnitDone', now, {
        run: unit.run,
        collection: unit.collection,
        action: unit.action,
        done,
        files: filesDone,
      }),
    ],
  );
}

async function takeAway(world: World, unit: Unit, stillDue?: RuleDue): Promise<number> {
  const { action, collection, redaction } = unit;
  if (collection.startsWith('kept.')) {
    await eraseConversations(world, unit.ids.map(String));
    return unit.ids.length;
  }
  const ids = stillDue ? await stillOver(world, unit, stillDue) : unit.ids;
  if (redaction) return world.data.redact(collection, ids, redaction, stillDue);
  return action === 'erase' ? world.data.remove(collection, ids, stillDue) : world.data.detach(collection, ids);
}
