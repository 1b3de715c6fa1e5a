import type { Hold } from '../../kernel/decision.ts';
import type { Collection } from '../../kernel/policy/inventory.ts';
import type { RetentionRule } from '../../kernel/policy/policy.ts';
import { event, fresh, save } from '../aggregate.ts';
import { raiseFinding } from '../findings/findings.ts';
import type { SweepReport } from '../kept.ts';
import { finishOpenUnits, removeBatch, UNIT_SIZE } from '../removal/carryOut.ts';
import { planRemoval } from '../removal/planRemoval.ts';
import { removeSubject } from '../removal/removeSubject.ts';
import { activeHolds } from '../requests/activeHolds.ts';
import type { Identifier, Run, SweepCount, Unit } from '../stored.ts';
import type { World } from '../world.ts';
import { clearSweeps } from './clearSweeps.ts';
import type { SweepSignature } from './stoppedSweep.ts';
import { sweepOwnRecords } from './sweepOwnRecords.ts';
import { endStop, weighSweep } from './weighSweep.ts';

/** How often the job runs. A ceiling is met by sweeping that much, and the measured run time, ahead of it. */
export const SWEEP_EVERY_MS: number = 6 * 3_600_000;
const SHORTEST_RUN_MS = 60_000;

/** Stands between a sweep's run and the account that it ends. */
const OF_ACCOUNT = '#';

export interface Sweep {
  readonly now: Date;
  readonly aheadMs: number;
  readonly holds: readonly Hold[];
  /** Counts only: asked for, or because the rule observes. */
  readonly dry: boolean;
}

/** Ends what every rule of the policy ends by now, records and files together; one report a rule. */
export async function sweep(world: World, options: { dryRun?: boolean; rule?: string } = {}): Promise<SweepReport[]> {
  const reports: SweepReport[] = [];
  for (const rule of world.policy.retention) {
    if (options.rule && options.rule !== rule.id) continue;
    reports.push(await sweepRule(world, rule, options.dryRun === true));
  }
  return reports;
}

async function sweepRule(world: World, rule: RetentionRule, dryRun: boolean): Promise<SweepReport> {
  const runs = world.records.collection<Run>('runs');
  const now = world.clock.now();
  const elapsedMs = world.stopwatch();
  const mode = world.modeOf(rule.id);
  const dry = dryRun || mode === 'observe';
  const [last] = await runs.find(
    { service: world.service, kind: 'sweep', rule: rule.id },
    { sort: { startedAt: -1 }, limit: 1 },
  );
  const work: Sweep = {
    now,
    aheadMs: rule.keep.atMost ? SWEEP_EVERY_MS + Math.max(2 * (last?.ms ?? 0), SHORTEST_RUN_MS) : 0,
    holds: await activeHolds(world, now),
    dry,
  };

  const run: Run = {
    ...fresh(world, `sweep-${rule.id}-${now.toISOString()}-${world.crypto.newId()}`),
    kind: 'sweep',
    rule: rule.id,
    mode: dry ? 'observe' : 'enforce',
    startedAt: now,
    collections: [],
    notable: false,
  };
  if (!dry) {
    await finishOldUnits(world, rule, work);
    await runs.insert(run);
  }

  const counts: SweepCount[] = [];
  const allowed: SweepSignature[] = [];
  let stopped: string | undefined;
  for (const collection of world.policy.inventory.collections) {
    if (collection.retention !== rule.id || collection.follows) continue;
    const weighed = dry ? { allowed: [] } : await weighSweep(world, rule.id, collection.name, work);
    stopped = weighed.stopped;
    if (stopped) break;
    allowed.push(...weighed.allowed);
    counts.push(await sweepCollection(world, run._id, collection, work));
    if (!dry) await endStop(world, rule.id, collection.name, run._id, now);
  }
  if (!stopped) counts.push(...(await sweepOwnRecords(world, rule, work)));

  const ms = elapsedMs();
  if (!dry) {
    const gone = counts.reduce((sum, count) => sum + count.erased, 0);
    const notable = gone > 0 || stopped !== undefined;
    const ended = {
      ...run,
      endedAt: world.clock.now(),
      collections: counts,
      ms,
      notable,
      ...(stopped && { stopped }),
      ...(allowed.length > 0 && { allowedBy: allowed.map(({ by }) => by) }),
    };
    await save(
      runs,
      ended,
      notable
        ? [
            event(world, 'RetentionSwept', now, {
              rule: rule.id,
              clause: rule.clause,
              collections: counts,
              stopped: stopped ?? null,
              allowed: allowed.map(({ by, reason }) => ({ by, reason })),
            }),
          ]
        : [],
    );
    await clearSweeps(world, rule.id, run);
  }
  return { rule: rule.id, clause: rule.clause, mode, collections: counts, ...(stopped && { stopped }), ms };
}

async function sweepCollection(world: World, run: string, collection: Collection, work: Sweep): Promise<SweepCount> {
  const { name } = collection;
  const free = await world.data.countDue(name, work.now, work);
  const all = await world.data.countDue(name, work.now, { ...work, holds: [] });
  const count = { collection: name, due: all, held: all - free, erased: 0, files: 0 };
  if (all > free) await reportFrozen(world, name, all - free, work.now);
  if (work.dry) return count;

  for (;;) {
    const limit = collection.subject.by === 'self' ? 1 : UNIT_SIZE;
    const records = await world.data.dueRecords(name, work.now, { ...work, limit });
    if (records.length === 0) return count;
    if (collection.subject.by === 'self') {
      // One by one, each selected just before: a person may have opened the account again meanwhile.
      const gone = await removeAccount(world, run, records[0]?.subject ?? '', work);
      count.erased += gone.records > 0 ? 1 : 0;
      count.files += gone.files;
      if (gone.records === 0) return count;
      continue;
    }
    const unit = await removeBatch(world, { run, collection: name, action: 'erase', records }, work.now, work);
    count.erased += unit.done;
    count.files += unit.filesDone;
    // Everything of the batch was saved in between, or nothing can go: the next sweep looks again.
    if (unit.done === 0) return count;
  }
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

async function finishOldUnits(world: World, rule: RetentionRule, work: Sweep): Promise<void> {
  const open = await world.records
    .collection<Unit>('units')
    .find({ service: world.service, state: 'open', run: { after: `sweep-${rule.id}-` } });
  const mine = new Set(open.map((unit) => unit.run).filter((run) => run.startsWith(`sweep-${rule.id}-`)));
  for (const run of mine) await finishOpenUnits(world, run, work.now, run.includes(OF_ACCOUNT) ? undefined : work);
}

/** Where a freeze breaks a promised ceiling, that is said, not hidden. */
async function reportFrozen(world: World, collection: string, held: number, now: Date): Promise<void> {
  await raiseFinding(
    world,
    {
      code: 'CEILING_FROZEN',
      about: collection,
      severity: 'warning',
      text: `${held} records of ${collection} are past their promised end and stay because of a hold.`,
      place: collection,
    },
    now,
  );
}
