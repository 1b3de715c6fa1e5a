import type { PlanLine } from '../../kernel/decision.ts';
import type { Residual } from '../ports/residue.ts';
import type { CarriedLine, Unit } from '../stored.ts';
import type { World } from '../world.ts';

/**
 * What became of each line of the plan: counted from the units that were carried out, not from the plan, because records
 * come and go between preview and run. A line that a hold stopped is kept, with the hold as its ground.
 */
export async function carriedOut(
  world: World,
  run: string,
  plan: readonly PlanLine[],
  held: readonly PlanLine[],
  residue: readonly Residual[],
): Promise<CarriedLine[]> {
  const units = await world.records.collection<Unit>('units').find({ run, state: 'done' });
  return plan.flatMap((planned): CarriedLine[] => {
    const mine = units.filter((unit) => unit.collection === planned.collection);
    // Records that lost fields are counted by what became of them after that.
    const done = mine.reduce((sum, unit) => sum + (unit.action === 'redact' ? 0 : unit.done), 0);
    const files = mine.reduce((sum, unit) => sum + unit.filesDone, 0);
    const filesLeft = mine.reduce((sum, unit) => sum + (unit.filesLeft?.length ?? 0), 0);
    const stopped = held.find((line) => line.collection === planned.collection);
    if (planned.action === 'keep') return [{ ...(stopped ?? planned), done: 0 }];

    const left = residue.find((each) => each.collection === planned.collection)?.count ?? 0;
    const went: CarriedLine = { ...planned, count: done + left, files, done, ...(filesLeft > 0 && { filesLeft }) };
    // A hold placed in the middle of the run: what had gone is gone, the rest stays under it.
    if (!stopped) return [went];
    const stays = { ...stopped, done: 0 };
    return done === 0 ? [stays] : [went, ...(stopped.count > 0 ? [stays] : [])];
  });
}
