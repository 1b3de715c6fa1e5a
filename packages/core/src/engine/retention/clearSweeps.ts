import type { Run, Unit } from '../stored.ts';
import type { World } from '../world.ts';

const MOST_AT_ONCE = 2_000;

/**
 * Forgets what earlier sweeps of a rule no longer need: runs in which nothing happened, and units whose event is in the
 * chain. Units name records and files of people who are gone; those whose files are still there stay.
 */
export async function clearSweeps(world: World, rule: string, newest: Run): Promise<void> {
  const { service } = world;
  await world.records
    .collection<Run>('runs')
    .remove({ service, kind: 'sweep', rule, notable: false, startedAt: { before: newest.startedAt } });

  const units = world.records.collection<Unit>('units');
  const of = `sweep-${rule}-`;
  const done = await units.find(
    { service, state: 'done', run: { after: of }, retryAt: { exists: false } },
    { sort: { run: 1 }, limit: MOST_AT_ONCE },
  );
  const over = done.filter(({ run, pending }) => run.startsWith(of) && pending.length === 0);
  if (over.length > 0) await units.remove({ _id: { in: over.map(({ _id }) => _id) } });
}
