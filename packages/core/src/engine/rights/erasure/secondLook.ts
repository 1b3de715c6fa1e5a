import { storedName } from '../../../kernel/policy/storedCollection.ts';
import { update } from '../../aggregate.ts';
import type { Residual, Residue } from '../../ports/residue.ts';
import type { StoredRequest } from '../../stored.ts';
import type { World } from '../../world.ts';
import type { Beat } from '../executor.ts';
import type { Captured } from './captureIdentity.ts';

/** What was looked through longer ago than this is looked through again. */
const STALE_MS = 24 * 3_600_000;

/**
 * Looks for the person everywhere, once what was to go is gone. What was read stands on the request, collection by collection, so
 * that neither a run that goes on after a crash nor another round reads the whole database again: only where something was found.
 */
export async function secondLook(world: World, request: Captured, beat: Beat): Promise<Residue> {
  const { _id, captured } = request;
  const stored = await world.records.collection<StoredRequest>('requests').get(_id);
  const now = world.clock.now();
  const look = stored?.look && now.getTime() - stored.look.since.getTime() < STALE_MS ? stored.look : undefined;
  const since = look?.since ?? now;
  const from = look && cleanIn(world, look.soFar);
  let read = from ? readOf(from) : 0;

  const { found, looked, ...rest } = await world.data.residue(captured, {
    ...(from && { from }),
    async beat(soFar) {
      await beat();
      if (readOf(soFar) === read) return;
      read = readOf(soFar);
      await update<StoredRequest>(world, 'requests', _id, (each) => ({
        document: { ...each, look: { since, soFar } },
      }));
    },
  });
  // In one order, wherever it was taken up again.
  const order = ({ collection, path }: Residual): string => `${collection} ${path}`;
  return {
    ...rest,
    found: [...found].sort((a, b) => (order(a) < order(b) ? -1 : 1)),
    looked: [...looked].sort(),
  };
}

function readOf({ looked, notLooked }: Residue): number {
  return looked.length + notLooked.length;
}

/** What still holds after more has gone: that nothing was found where nothing was found. */
function cleanIn({ policy }: World, { found, looked }: Residue): Residue {
  const stored = new Map(policy.inventory.collections.map((each) => [each.name, storedName(each)]));
  const names = new Set(found.flatMap(({ collection }) => [collection, stored.get(collection) ?? collection]));
  // What lies elsewhere may be called by its source first.
  const isClean = (name: string): boolean => !names.has(name) && !names.has(name.slice(name.indexOf('/') + 1));
  return { found: [], looked: looked.filter(isClean), notLooked: [] };
}
