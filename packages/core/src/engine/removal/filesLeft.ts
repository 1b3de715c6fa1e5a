import { localDateOf } from '../../kernel/clock/localDate.ts';
import type { FileLeft, Unit } from '../stored.ts';
import type { World } from '../world.ts';

/** A unit may name all the files of a thousand records. */
const ROUND = 10;

/** Units of a run, or of all, whose files did not all go. */
export async function* unitsWithFilesLeft(world: World, run?: string): AsyncGenerator<Unit> {
  const { service } = world;
  const units = world.records.collection<Unit>('units');
  for (let last = ''; ; ) {
    const where = {
      service,
      retryAt: { exists: true },
      _id: { after: last },
      ...(run !== undefined && { run }),
    } as const;
    const page = await units.find(where, { sort: { _id: 1 }, limit: ROUND });
    yield* page;
    if (page.length < ROUND) return;
    last = page.at(-1)?._id ?? last;
  }
}

/** What runs could not remove, a sentence for each store and reason; names no file. */
export async function filesLeftInWords(world: World, runs: readonly string[]): Promise<string[]> {
  const left: FilesLeft = new Map();
  for (const run of runs) {
    for await (const unit of unitsWithFilesLeft(world, run)) noteLeft(world, left, unit.filesLeft);
  }
  return [...left.keys()].sort().flatMap((store) => sentencesOf(left, store));
}

/** How many files are left in each store, reason by reason: the files themselves may be very many. */
export type FilesLeft = Map<string, Map<string, number>>;

/** Adds files to those that are left. */
export function noteLeft({ policy }: World, left: FilesLeft, files: readonly FileLeft[] = []): void {
  for (const file of files) {
    const why = whyOf(file, policy.controller.zone);
    const counts = left.get(file.store) ?? new Map<string, number>();
    left.set(file.store, counts.set(why, (counts.get(why) ?? 0) + 1));
  }
}

/** A sentence for each reason why files are left in a store; none where none is. */
export function sentencesOf(left: FilesLeft, store: string): string[] {
  return [...(left.get(store) ?? [])]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([why, count]) => `${store}: ${count === 1 ? '1 file' : `${count} files`} ${why}`);
}

function whyOf({ state, until, code }: FileLeft, zone: string): string {
  const end = until ? `until ${localDateOf(until, zone)}` : 'without an end that is known';
  if (state === 'locked') return `locked by the store ${end}`;
  const told = code === undefined ? '' : ` (${code})`;
  return state === 'denied' ? `that Kept may not remove${told}` : `that could not be removed${told}`;
}
