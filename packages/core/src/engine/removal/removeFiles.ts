import type { RemovedFile } from '../ports/edges.ts';
import type { FileLeft, FileRef } from '../stored.ts';
import type { World } from '../world.ts';

/** Removes files, store by store, each store all of its own at once; answers those that could not go. */
export async function removeFiles(world: World, files: readonly FileRef[]): Promise<FileLeft[]> {
  const left: FileLeft[] = [];
  for (const store of new Set(files.map((file) => file.store))) {
    const keys = files.filter((file) => file.store === store).map(({ key }) => key);
    const removed = await (world.files[store]?.remove(keys) ?? keys.map(withoutStore));
    left.push(...removed.flatMap((file) => leftOf(store, file)));
  }
  return left;
}

/** At once with the next sweep, unless every one of them is locked until a day that is known. */
export function retryAt(left: readonly FileLeft[], now: Date): Date {
  const ends = left.map(({ until }) => Math.max(until?.getTime() ?? 0, now.getTime()));
  return new Date(Math.min(...ends));
}

function leftOf(store: string, { key, state, until, code }: RemovedFile): FileLeft[] {
  if (state === 'gone' || state === 'absent') return [];
  return [{ store, key, state, ...(until && { until }), ...(code !== undefined && { code }) }];
}

function withoutStore(key: string): RemovedFile {
  return { key, state: 'failed', code: 'FILE_STORE_MISSING' };
}
