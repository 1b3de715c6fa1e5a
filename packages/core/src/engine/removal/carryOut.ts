import { goesAlong } from '../../kernel/erasure/goesAlong.ts';
import { event, fresh, save } from '../aggregate.ts';
import { DISCLOSURES, endDisclosures } from '../egress/endDisclosures.ts';
import { distinctFiles, fileName } from '../fileName.ts';
import { endLinks, LINKS } from '../links/endLinks.ts';
import { endPackages, PACKAGES } from '../packages/endPackages.ts';
import type { SourceRecord } from '../ports/personalDataSource.ts';
import { activeHolds } from '../requests/activeHolds.ts';
import { type RuleDue, stillOver } from '../retention/overForOwner.ts';
import type { FileLeft, Unit } from '../stored.ts';
import { endUses, USES } from '../uses/endUses.ts';
import { endViews, VIEWS } from '../views/endViews.ts';
import type { World } from '../world.ts';
import { eraseConversations } from './eraseConversations.ts';
import { removeFiles, retryAt } from './removeFiles.ts';

/** Records that go at once where nothing has to be known of each: so few that a change of the holds is soon heeded. */
const AT_ONCE = 100_000;

/** Records that go in one unit: enough to be fast, few enough to repeat cheaply after a crash. */
export const UNIT_SIZE = 1_000;

/** Files that are asked for, and removed, at once: as many as S3 takes. */
const FILES_AT_ONCE = 1_000;

export interface Batch {
  readonly run: string;
  readonly collection: string;
  readonly action: Unit['action'];
  readonly redaction?: NonNullable<Unit['redaction']>;
  readonly subject?: string;
  readonly records: readonly SourceRecord[];
}

/**
 * Writes the unit down, then carries it out. Whatever the moment at which the process dies, the unit is found open and
 * repeated: records that are gone stay gone, and their files are known from the unit, not from the records.
 */
export async function removeBatch(world: World, batch: Batch, now: Date, stillDue?: RuleDue): Promise<Unit> {
  const { action, records } = batch;
  const ids = records.map((record) => record.id);
  const files = action === 'detach' ? [] : distinctFiles(records.flatMap((record) => record.files));
  return carryOut(world, await writeDown(world, batch, now, { ids, files }), now, stillDue);
}

/** The same without naming records, for what holds no files. `due` is how many there are; of very many, a part goes. */
export async function removeDue(
  world: World,
  batch: Omit<Batch, 'records'>,
  work: RuleDue,
  due: number,
): Promise<{ unit: Unit; more: boolean }> {
  const { now, aheadMs } = work;
  const unit = await writeDown(world, batch, now, { ids: [], files: [], counted: { due, aheadMs } });
  const part = due > AT_ONCE;
  const done = await world.data.endDue(batch.collection, { ...work, ...(part && { limit: AT_ONCE }) });
  return { unit: await settle(world, { ...unit, done }, now), more: part && done >= AT_ONCE };
}

async function writeDown(
  world: World,
  { run, collection, action, redaction, subject }: Omit<Batch, 'records'>,
  now: Date,
  what: Pick<Unit, 'ids' | 'files' | 'counted'>,
): Promise<Unit> {
  const unit: Unit = {
    ...fresh(world, `${run}:${collection}:${world.crypto.newId()}`),
    run,
    collection,
    action,
    ...(redaction && { redaction }),
    ...(subject !== undefined && { subject }),
    ...what,
    state: 'open',
    done: 0,
    filesDone: 0,
    filesShared: 0,
    at: now,
  };
  await world.records.collection<Unit>('units').insert(unit);
  return unit;
}

/** Ends what an earlier process began. */
export async function finishOpenUnits(world: World, run: string, now: Date, stillDue?: RuleDue): Promise<void> {
  for (;;) {
    const [open] = await world.records.collection<Unit>('units').find({ run, state: 'open' }, { limit: 1 });
    if (!open) return;
    await carryOut(world, open, now, stillDue);
  }
}

async function carryOut(world: World, unit: Unit, now: Date, stillDue?: RuleDue): Promise<Unit> {
  const done = await takeAway(world, unit, stillDue);
  if (unit.action === 'erase') await takeAlong(world, unit, done, now, stillDue);

  // A file goes when the last record that holds it is gone: inputs may be shared by several generations.
  const filesLeft: FileLeft[] = [];
  const sum = { filesDone: 0, filesShared: 0 };
  for (let from = 0; from < unit.files.length; from += FILES_AT_ONCE) {
    const files = unit.files.slice(from, from + FILES_AT_ONCE);
    const shared = new Set((await world.data.stillReferenced(files)).map(fileName));
    const going = files.filter((file) => !shared.has(fileName(file)));
    const left = await removeFiles(world, going);
    filesLeft.push(...left);
    sum.filesDone += going.length - left.length;
    sum.filesShared += files.length - going.length;
  }
  const left = filesLeft.length > 0 && { filesLeft, retryAt: retryAt(filesLeft, now) };

  return settle(world, { ...unit, done, ...sum, ...left }, now);
}

/**
 * What is about records that are gone, and goes with them whoever wrote it, in units of its own: they are counted, and a hold on
 * who wrote it, or on all of it, keeps it.
 */
async function takeAlong(world: World, unit: Unit, done: number, now: Date, stillDue?: RuleDue): Promise<void> {
  const { run, collection, ids } = unit;
  const { policy } = world;
  const along = policy.inventory.collections.filter((each) => goesAlong(policy, each, collection));
  if (along.length === 0 || done === 0) return;

  const left = done === ids.length ? [] : await world.data.factsOf(collection, ids);
  const there = new Set(left.map(({ id }) => String(id)));
  const gone = ids.filter((id) => !there.has(String(id)));
  const free = { now, holds: stillDue?.holds ?? (await activeHolds(world, now)), limit: UNIT_SIZE };
  for (const { name } of along) {
    for (;;) {
      const records = await world.data.recordsAbout(name, gone, free);
      if (records.length === 0) break;
      const { done: went } = await removeBatch(world, { run, collection: name, action: 'erase', records }, now);
      if (went === 0) break;
    }
  }
}

function settle(world: World, unit: Unit, now: Date): Promise<Unit> {
  const { run, collection, action, done, filesDone, filesLeft } = unit;
  const files = { files: filesDone, ...(filesLeft && { filesLeft: filesLeft.length }) };
  const told = event(world, 'UnitDone', now, { run, collection, action, done, ...files });
  return save(world.records.collection<Unit>('units'), { ...unit, ids: [], files: [], state: 'done' }, [told]);
}

async function takeAway(world: World, unit: Unit, stillDue?: RuleDue): Promise<number> {
  const { action, collection, redaction, counted } = unit;
  if (counted) {
    const { due, aheadMs } = counted;
    const left = await world.data.countDue(collection, {
      now: unit.at,
      aheadMs,
      holds: [],
      ...(redaction && { redaction }),
    });
    return Math.max(0, due - left);
  }
  if (collection === USES) {
    return endUses(world, unit.ids.map(String), { marked: action === 'detach', now: unit.at });
  }
  if (collection === LINKS) return endLinks(world, unit.ids.map(String));
  if (collection === VIEWS) return endViews(world, unit.ids.map(String), action === 'detach' ? 'detach' : 'erase');
  if (collection === DISCLOSURES) {
    return endDisclosures(world, unit.ids.map(String), action === 'detach' ? 'detach' : 'erase');
  }
  if (collection === PACKAGES) {
    await endPackages(world, { requests: unit.ids.map(String) });
    return unit.ids.length;
  }
  if (collection.startsWith('kept.')) {
    await eraseConversations(world, unit.ids.map(String));
    return unit.ids.length;
  }
  const ids = stillDue ? await stillOver(world, unit, stillDue) : unit.ids;
  if (redaction) return world.data.redact(collection, ids, redaction, stillDue);
  return action === 'erase' ? world.data.remove(collection, ids, stillDue) : world.data.detach(collection, ids);
}
