import type { PlanLine } from '../../kernel/decision.ts';
import type { Residual } from '../ports/residue.ts';
import type { CarriedLine, Unit } from '../stored.ts';
import type { World } from '../world.ts';

/** A unit names the files that are left, which may be all of a thousand records: few units at a time fill no memory. */
const ROUND = 10;

interface Sums {
  readonly done: number;
  readonly files: number;
  readonly filesLeft: number;
}
const NOTHING: Sums = { done: 0, files: 0, filesLeft: 0 };

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
  const sums = await sumsOf(world, run);
  return plan.flatMap((planned): CarriedLine[] => {
    const { done, files, filesLeft } = sums.get(planned.collection) ?? NOTHING;
    const stopped = held.find((line) => line.collection === planned.collection);
    if (planned.action === 'keep') {
      // What others wrote about records that went has gone with those; theirs stays.
      const { collection, categories } = planned;
      const along = {
        collection,
        categories,
        action: 'erase',
        count: done,
        files,
        done,
        rule: 'rights.erasure',
      } as const;
      return [...(done > 0 ? [along] : []), { ...(stopped ?? planned), done: 0 }];
    }

    const left = residue.find((each) => each.collection === planned.collection)?.count ?? 0;
    const went: CarriedLine = { ...planned, count: done + left, files, done, ...(filesLeft > 0 && { filesLeft }) };
    // A hold placed in the middle of the run: what had gone is gone, the rest stays under it.
    if (!stopped) return [went];
    const stays = { ...stopped, done: 0 };
    return done === 0 ? [stays] : [went, ...(stopped.count > 0 ? [stays] : [])];
  });
}

/** What went in a run, by collection. */
async function sumsOf(world: World, run: string): Promise<Map<string, Sums>> {
  const units = world.records.collection<Unit>('units');
  const sums = new Map<string, Sums>();
  for (let last = ''; ; ) {
    const where = { run, state: 'done', _id: { after: last } } as const;
    const page = await units.find(where, { sort: { _id: 1 }, limit: ROUND });
    for (const { collection, action, done, filesDone, filesLeft = [] } of page) {
      const sum = sums.get(collection) ?? NOTHING;
      sums.set(collection, {
        // Records that lost fields are counted by what became of them after that.
        done: sum.done + (action === 'redact' ? 0 : done),
        files: sum.files + filesDone,
        filesLeft: sum.filesLeft + filesLeft.length,
      });
    }
    if (page.length < ROUND) return sums;
    last = page.at(-1)?._id ?? last;
  }
}
