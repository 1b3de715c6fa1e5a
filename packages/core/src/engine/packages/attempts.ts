import { update } from '../aggregate.ts';
import type { World } from '../world.ts';
import { type Attempt, partKey, type StoredPackage } from './storedPackage.ts';

/** Whoever was overtaken ends with the next piece, or once its store has taken the last one: none goes on for a day. */
const LATEST_MS = 86_400_000;

/**
 * Notes a try at a part before its first byte is stored, so that its bytes are found whatever becomes of it. What dead
 * workers left goes first. Without an attempt where the part was made meanwhile, or the package ended.
 */
export async function beginAttempt(
  world: World,
  made: StoredPackage,
): Promise<{ readonly made: StoredPackage; readonly attempt?: Attempt }> {
  const left = attemptKeys(made);
  if (left.length > 0) await world.packages.remove(left);
  const attempt = { part: made.parts.length + 1, name: world.crypto.newId(), at: world.clock.now() };
  const begun = await whileMaking(world, made._id, attempt.part, (newest) => ({
    document: { ...newest, begun: [...(newest.begun ?? []), attempt] },
  }));
  const isNoted = begun.begun?.some(({ name }) => name === attempt.name);
  return { made: begun, ...(isNoted && { attempt }) };
}

/** Of an attempt whose end is known. */
export function endedAttempt(made: StoredPackage, { name }: Attempt): StoredPackage {
  return { ...made, begun: (made.begun ?? []).filter((each) => each.name !== name) };
}

/** Changes a package while it is at this part: whoever comes late changes nothing. */
export function whileMaking(
  world: World,
  id: string,
  part: number,
  change: (newest: StoredPackage) => ReturnType<Parameters<typeof update<StoredPackage>>[3]>,
): Promise<StoredPackage> {
  return update<StoredPackage>(world, 'packages', id, (newest) =>
    newest.state === 'making' && newest.parts.length === part - 1 ? change(newest) : undefined,
  );
}

/** Removes what came late, and forgets who could have written it; what cannot go now is tried again. */
export async function sweepAttempts(world: World, now: Date): Promise<void> {
  const before = new Date(now.getTime() - LATEST_MS);
  const packages = world.records.collection<StoredPackage>('packages');
  for (const made of await packages.find({ service: world.service, 'begun.at': { upTo: before } })) {
    const old = (made.begun ?? []).filter(({ at }) => at <= before);
    const removed = await world.packages.remove(attemptKeys({ ...made, begun: old }));
    const isGone = new Set(
      old.filter((_, index) => ['gone', 'absent'].includes(removed[index]?.state ?? '')).map(({ name }) => name),
    );
    await update<StoredPackage>(world, 'packages', made._id, (newest) => ({
      document: { ...newest, begun: newest.begun?.filter(({ name }) => !isGone.has(name)) ?? [] },
    }));
  }
}

/** Where bytes may lie that count for nothing. */
export function attemptKeys({ _id, begun = [] }: Pick<StoredPackage, '_id' | 'begun'>): string[] {
  return begun.map(({ part, name }) => partKey(_id, part, name));
}
