import type { PlanLine } from '../../kernel/decision.ts';
import { opensDoors } from '../../kernel/erasure/opensDoors.ts';
import { withoutGround } from '../../kernel/erasure/withoutGround.ts';
import { collectionOf } from '../../kernel/retention/decideRetention.ts';
import type { Identifiers, SourceRecord } from '../ports/personalDataSource.ts';
import type { World } from '../world.ts';
import { finishOpenUnits, removeBatch, UNIT_SIZE } from './carryOut.ts';
import { mayGoOn, type Pace } from './pace.ts';
import { unitsOf } from './unitsOf.ts';

/**
 * Records that are asked for at once, for several units: to find those that are left a database passes by those that have just
 * gone, and by all of them anew with each question.
 */
const READ_SIZE = 10 * UNIT_SIZE;

/** Before every path through others, however long. */
const FIRST = -1_000;

export interface Removal extends Pace {
  readonly run: string;
  readonly subject: string;
  readonly lines: readonly PlanLine[];
  readonly captured?: Identifiers;
}

/** Carries a plan out on one person's records, unit by unit; what an earlier process left open is ended first. */
export async function removeSubject(world: World, removal: Removal): Promise<{ records: number; files: number }> {
  const { run, subject, lines, captured } = removal;
  const sum = { records: 0, files: 0 };
  await finishOpenUnits(world, run, world.clock.now());
  for (const { collection, action: planned } of inOrder(world, lines)) {
    const action = planned === 'detach' ? 'detach' : 'erase';
    for (let gone = -1; gone !== sum.records; ) {
      // Nothing of all that was asked for could go: the second look will say so.
      gone = sum.records;
      const found = await world.data.recordsOf(subject, collection, READ_SIZE, captured);
      for (const records of unitsOf(found)) {
        if (!(await mayGoOn(removal))) return sum;
        if (action === 'detach') sum.files += await takeOut(world, run, collection, records);
        const batch = { run, collection, action, subject, records } as const;
        const unit = await removeBatch(world, batch, world.clock.now());
        sum.records += unit.done;
        sum.files += unit.filesDone;
      }
    }
  }
  return sum;
}

/** What has no ground to stay goes first: once detached, the records could not be found again. */
async function takeOut(
  world: World,
  run: string,
  collection: string,
  records: readonly SourceRecord[],
): Promise<number> {
  const ids = records.map(({ id }) => id);
  let files = 0;
  for (const redaction of withoutGround(world.policy, collectionOf(world.policy, collection))) {
    const these = await world.data.factsOf(collection, ids, redaction);
    const batch = { run, collection, action: 'redact', redaction, records: these } as const;
    files += (await removeBatch(world, batch, world.clock.now())).filesDone;
  }
  return files;
}

/**
 * Sessions go first. Records that are found through others go before those, keys with their logs too: a hold that is placed
 * meanwhile would keep logs that lead to nobody any more. The person's own record goes last.
 */
function inOrder(world: World, lines: readonly PlanLine[]): PlanLine[] {
  const { collections } = world.policy.inventory;
  const leads = new Set(collections.map(({ subject }) => subject.by === 'through' && subject.collection));
  const rankOf = (name: string): number => {
    const collection = collections.find((each) => each.name === name);
    const path = collection?.subject;
    if (collection && opensDoors(collection) && !leads.has(name)) return FIRST;
    if (path?.by === 'through') return rankOf(path.collection) - 1;
    return path?.by === 'self' ? 2 : 1;
  };
  return lines
    .filter((line) => line.action !== 'keep' && collections.some((each) => each.name === line.collection))
    .sort((a, b) => rankOf(a.collection) - rankOf(b.collection));
}
