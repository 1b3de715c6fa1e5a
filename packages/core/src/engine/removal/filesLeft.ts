import { localDateOf } from '../../kernel/clock/localDate.ts';
import type { FileLeft, Unit } from '../stored.ts';
import type { World } from '../world.ts';

const ROUND = 200;

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

/** What a run could not remove, a sentence for each store and reason; names no file. */
export async function filesLeftInWords(world: World, run: string): Promise<string[]> {
  const left: FileLeft[] = [];
  for await (const unit of unitsWithFilesLeft(world, run)) left.push(...(unit.filesLeft ?? []));
  return sentencesOf(world, left);
}

/** Without a sentence where nothing is left. */
export function sentencesOf({ policy }: World, left: readonly FileLeft[]): string[] {
  const counts = new Map<string, { store: string; why: string; count: number }>();
  for (const file of left) {
    const { store } = file;
    const why = whyOf(file, policy.controller.zone);
    const count = counts.get(`${store}\n${why}`)?.count ?? 0;
    counts.set(`${store}\n${why}`, { store, why, count: count + 1 });
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { store, why, count }]) => `${store}: ${count === 1 ? '1 file' : `${count} files`} ${why}`);
}

function whyOf({ state, until, code }: FileLeft, zone: string): string {
  const end = until ? `until ${localDateOf(until, zone)}` : 'without an end that is known';
  if (state === 'locked') return `locked by the store ${end}`;
  const told = code === undefined ? '' : ` (${code})`;
  return state === 'denied' ? `that Kept may not remove${told}` : `that could not be removed${told}`;
}
