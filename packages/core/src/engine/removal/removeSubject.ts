import type { PlanLine } from '../../kernel/decision.ts';
import type { World } from '../world.ts';
import { finishOpenUnits, removeBatch, UNIT_SIZE } from './carryOut.ts';

/** Carries a plan out on one person's records, unit by unit; what an earlier process left open is ended first. */
export async function removeSubject(
  world: World,
  job: { run: string; subject: string; lines: readonly PlanLine[]; beat?: () => Promise<void> },
): Promise<{ records: number; files: number }> {
  const sum = { records: 0, files: 0 };
  await finishOpenUnits(world, job.run, world.clock.now());
  for (const line of inOrder(world, job.lines)) {
    for (;;) {
      await job.beat?.();
      const records = await world.data.recordsOf(job.subject, line.collection, UNIT_SIZE);
      if (records.length === 0) break;
      const action = line.action === 'detach' ? 'detach' : 'erase';
      const unit = await removeBatch(
        world,
        { run: job.run, collection: line.collection, action, records },
        world.clock.now(),
      );
      sum.records += unit.done;
      sum.files += unit.filesDone;
    }
  }
  return sum;
}

/** Records that are found through others go before those, and the person's own record goes last. */
function inOrder(world: World, lines: readonly PlanLine[]): PlanLine[] {
  const rank = { through: 0, reference: 1, self: 2 };
  const { collections } = world.policy.inventory;
  return lines
    .filter((line) => line.action !== 'keep')
    .flatMap((line) => {
      const collection = collections.find((each) => each.name === line.collection);
      return collection ? [{ line, rank: rank[collection.subject.by] }] : [];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ line }) => line);
}
