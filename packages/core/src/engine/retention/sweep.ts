import type { Collection, Redaction } from '../../kernel/policy/inventory.ts';
import type { RetentionRule } from '../../kernel/policy/policy.ts';
import { event, fresh, save } from '../aggregate.ts';
import type { SweepReport } from '../keptRetention.ts';
import { finishOpenUnits } from '../removal/carryOut.ts';
import { retryFiles } from '../removal/retryFiles.ts';
import { activeHolds } from '../requests/activeHolds.ts';
import type { Run, SweepCount, Unit } from '../stored.ts';
import type { World } from '../world.ts';
import { clearSweeps } from './clearSweeps.ts';
import type { RuleDue } from './overForOwner.ts';
import type { SweepSignature } from './stoppedSweep.ts';
import { countCollection, OF_ACCOUNT, sweepCollection } from './sweepCollection.ts';
import { sweepOwnRecords } from './sweepOwnRecords.ts';
import { endStop, weighSweep } from './weighSweep.ts';

/** How often the job runs. A ceiling is met by sweeping that much, and the measured run time, ahead of it. */
export const SWEEP_EVERY_MS: number = 6 * 3_600_000;
const SHORTEST_RUN_MS = 60_000;

export interface Sweep extends RuleDue {
  /** Counts only: asked for, or because the rule observes. */
  readonly dry: boolean;
}

/**
 * Ends what every rule of the policy ends by now, records and files together; one report a rule. A rule that cannot be swept,
 * such as while a source is down, stops no other: what it threw is thrown in the end.
 */
export async function sweep(world: World, options: { dryRun?: boolean; rule?: string } = {}): Promise<SweepReport[]> {
  const reports: SweepReport[] = [];
  const failures: unknown[] = [];
  for (const { id } of inOrder(world.policy.retention)) {
    if (options.rule && options.rule !== id) continue;
    // Each rule is applied as it stands when its turn comes.
    const current = await world.inForce();
    const rule = current.policy.retention.find((each) => each.id === id);
    try {
      if (rule) reports.push(await sweepRule(current, rule, options.dryRun === true));
    } catch (error) {
      failures.push(error);
    }
  }
  if (!options.dryRun) await retryFiles(world, world.clock.now());
  if (failures.length > 0) throw failures[0];
  return reports;
}

/** Fields go before records: what a rule takes out of them is counted before another ends them, in a dry run as in earnest. */
function inOrder(rules: readonly RetentionRule[]): RetentionRule[] {
  return [...rules.filter(({ then }) => then === 'redact'), ...rules.filter(({ then }) => then !== 'redact')];
}

interface Target {
  readonly collection: Collection;
  readonly redaction?: Redaction;
}

/** What the rule reaches: whole records, or fields of them. */
function targetsOf(world: World, { id, then }: RetentionRule): Target[] {
  return world.policy.inventory.collections.flatMap((collection): Target[] => {
    if (then !== 'redact') return collection.retention === id && !collection.follows ? [{ collection }] : [];
    const redactions = collection.redactions ?? [];
    return redactions.filter(({ rule }) => rule === id).map((redaction) => ({ collection, redaction }));
  });
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
    rule,
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
  for (const { collection, redaction } of targetsOf(world, rule)) {
    const part = redaction ? { ...work, redaction } : work;
    const counted = await countCollection(world, collection.name, part);
    const weighed = dry ? { allowed: [] } : await weighSweep(world, part, collection.name, counted.free);
    stopped = weighed.stopped;
    if (stopped) break;
    allowed.push(...weighed.allowed);
    counts.push(await sweepCollection(world, run._id, collection, part, counted));
    if (!dry) await endStop(world, rule.id, collection.name, run._id, now);
  }
  if (!stopped) counts.push(...(await sweepOwnRecords(world, rule, work)));

  const ms = elapsedMs();
  if (!dry) {
    const gone = counts.reduce((sum, { erased, redacted = 0 }) => sum + erased + redacted, 0);
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

async function finishOldUnits(world: World, rule: RetentionRule, work: Sweep): Promise<void> {
  const open = await world.records
    .collection<Unit>('units')
    .find({ service: world.service, state: 'open', run: { after: `sweep-${rule.id}-` } });
  const mine = new Set(open.map((unit) => unit.run).filter((run) => run.startsWith(`sweep-${rule.id}-`)));
  for (const run of mine) await finishOpenUnits(world, run, work.now, run.includes(OF_ACCOUNT) ? undefined : work);
}
