import type { Collection } from '../../kernel/policy/inventory.ts';
import { dependsOnOwner } from '../../kernel/retention/recordLimit.ts';
import { raiseFinding } from '../findings/findings.ts';
import type { SourceRecord } from '../ports/personalDataSource.ts';
import { removeBatch, removeDue, UNIT_SIZE } from '../removal/carryOut.ts';
import { planRemoval } from '../removal/planRemoval.ts';
import { removeSubject } from '../removal/removeSubject.ts';
import type { Identifier, SweepCount } from '../stored.ts';
import type { World } from '../world.ts';
import { overForOwner, pagesOverForOwner } from './overForOwner.ts';
import type { Sweep } from './sweep.ts';

/** Stands between a sweep's run and the account that it ends. */
export const OF_ACCOUNT = '#';

export interface Counted {
  /** Records whose time is over, those included that a hold keeps. */
  readonly due: number;
  readonly free: number;
}

/** Counts exactly what a sweep would take, and what holds keep from it. */
export async function countCollection(world: World, collection: string, work: Sweep): Promise<Counted> {
  const count = async (holds: Sweep['holds']): Promise<number> => {
    if (!dependsOnOwner(work.rule)) return world.data.countDue(collection, { ...work, holds });
    let over = 0;
    for await (const page of pagesOverForOwner(world, collection, { ...work, holds }, UNIT_SIZE)) over += page.length;
    return over;
  };
  const free = await count(work.holds);
  const reached = work.holds.some((hold) => hold.collection === undefined || hold.collection === collection);
  return { free, due: reached ? await count([]) : free };
}

/** Takes what is due, in units; in observe mode it only says how much that is. */
export async function sweepCollection(
  world: World,
  run: string,
  collection: Collection,
  work: Sweep,
  { due, free }: Counted,
): Promise<SweepCount> {
  const { name } = collection;
  const { redaction } = work;
  const count = { collection: name, due, held: due - free, erased: 0, files: 0, ...(redaction && { redacted: 0 }) };
  if (work.dry) return count;
  if (due > free) await reportFrozen(world, name, due - free, work);

  const what = redaction ? ({ action: 'redact', redaction } as const) : ({ action: 'erase' } as const);
  if (free > 0 && goesAtOnce(world, collection, work)) {
    const gone = await endAll(world, { run, collection: name, ...what }, work, due);
    return { ...count, ...(redaction ? { redacted: gone } : { erased: gone }) };
  }

  const accounts = collection.subject.by === 'self' && redaction === undefined;
  for await (const records of batches(world, name, work, accounts ? 1 : UNIT_SIZE)) {
    if (accounts) {
      const gone = await removeAccounts(world, run, name, records, work);
      count.erased += gone.accounts;
      count.files += gone.files;
      if (gone.accounts === 0 && !dependsOnOwner(work.rule)) return count;
      continue;
    }
    const unit = await removeBatch(world, { run, collection: name, ...what, records }, work.now, work);
    if (count.redacted === undefined) count.erased += unit.done;
    else count.redacted += unit.done;
    count.files += unit.filesDone;
    // Everything of the batch was saved in between, or nothing can go: the next sweep looks again.
    if (unit.done === 0 && !dependsOnOwner(work.rule)) return count;
  }
  return count;
}

async function endAll(world: World, batch: Parameters<typeof removeDue>[1], work: Sweep, due: number): Promise<number> {
  for (let gone = 0; ; ) {
    const { unit, more } = await removeDue(world, batch, work, due - gone);
    gone += unit.done;
    if (!more || !(await isStillInForce(world))) return gone;
  }
}

/** Where nothing has to be known of each record before it goes: no file, no remix, no owner, and nothing that belongs to it. */
function goesAtOnce({ policy }: World, collection: Collection, { rule, redaction }: Sweep): boolean {
  const { name, fields, lineage, subject } = collection;
  if (dependsOnOwner(rule)) return false;
  if (redaction) return !fields.some(({ path, file }) => file !== undefined && redaction.fields.includes(path));
  const isAlone =
    lineage === undefined && !policy.inventory.collections.some(({ about }) => about?.collection === name);
  return isAlone && subject.by !== 'self' && !fields.some(({ file }) => file !== undefined);
}

/** What is due, as much at a time as goes together; each batch is selected after the one before has gone. */
async function* batches(
  world: World,
  collection: string,
  work: Sweep,
  limit: number,
): AsyncGenerator<readonly SourceRecord[]> {
  if (dependsOnOwner(work.rule)) {
    for await (const page of pagesOverForOwner(world, collection, work, UNIT_SIZE)) {
      if (page.length === 0) continue;
      yield page;
      if (!(await isStillInForce(world))) return;
    }
    return;
  }
  for (;;) {
    const records = await world.data.dueRecords(collection, { ...work, limit });
    if (records.length > 0) yield records;
    if (records.length < limit || !(await isStillInForce(world))) return;
  }
}

/** Another version may say otherwise of what is left: the next sweep goes on by that one. */
async function isStillInForce(world: World): Promise<boolean> {
  return (await world.inForce()) === world;
}

/** One by one, each looked at just before: a person may have opened the account again meanwhile. */
async function removeAccounts(
  world: World,
  run: string,
  collection: string,
  records: readonly SourceRecord[],
  work: Sweep,
): Promise<{ accounts: number; files: number }> {
  const sum = { accounts: 0, files: 0 };
  for (const { id, subject = '' } of records) {
    if (dependsOnOwner(work.rule)) {
      const there = await world.data.factsOf(collection, [id]);
      if ((await overForOwner(world, collection, there, work)).length === 0) continue;
    }
    const gone = await removeAccount(world, run, subject, work);
    sum.accounts += gone.records > 0 ? 1 : 0;
    sum.files += gone.files;
  }
  return sum;
}

/** A closed account goes with all that belongs to it, in the order and with the exceptions of an erasure request. */
async function removeAccount(
  world: World,
  run: string,
  subject: string,
  work: Sweep,
): Promise<{ records: number; files: number }> {
  const lines = await planRemoval(world, subject, work.holds, work.now);
  // Ids of units stand in the evidence for ever: they must not name the account.
  const mark = (await world.keys.mac('sweep', `${world.service}\n${subject}`)).slice(0, 24);
  const gone = await removeSubject(world, { run: `${run}${OF_ACCOUNT}${mark}`, subject, lines });
  await world.records.collection<Identifier>('identifiers').remove({ service: world.service, subject });
  return gone;
}

/** Where a freeze breaks a promised ceiling, that is said, not hidden. */
async function reportFrozen(world: World, collection: string, held: number, { now, redaction }: Sweep): Promise<void> {
  const text = redaction
    ? `${held} records of ${collection} keep fields that are past their promised end, because of a hold.`
    : `${held} records of ${collection} are past their promised end and stay because of a hold.`;
  const about = redaction ? `${collection}.${redaction.rule}` : collection;
  await raiseFinding(world, { code: 'CEILING_FROZEN', about, severity: 'warning', text, place: collection }, now);
}
