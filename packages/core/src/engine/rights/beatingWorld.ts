import type { CollectionName } from '../ports/recordStore.ts';
import type { Stored } from '../stored.ts';
import type { World } from '../world.ts';
import type { Beat } from './executor.ts';

/**
 * The same world, in which each look for more of somebody's records is a beat: a walk may go through a hundred thousand of
 * them without a file to put in, and must keep its lease meanwhile.
 */
export function beatingWorld(world: World, beat: Beat): World {
  const { data, records } = world;
  let beating: Promise<void> | undefined;
  // Looks at once share one beat: two renewals that cross leave a lease behind that nobody gives back.
  const beatOnce = (): Promise<void> => {
    beating ??= beat().finally(() => {
      beating = undefined;
    });
    return beating;
  };
  return {
    ...world,
    data: {
      ...data,
      async exportOf(...page) {
        await beatOnce();
        return data.exportOf(...page);
      },
      async exportAbout(...page) {
        await beatOnce();
        return data.exportAbout(...page);
      },
    },
    records: {
      ...records,
      collection<T extends Stored>(name: CollectionName) {
        const all = records.collection<T>(name);
        return {
          ...all,
          async find(...query: Parameters<typeof all.find>) {
            await beatOnce();
            return all.find(...query);
          },
        };
      },
    },
  };
}
