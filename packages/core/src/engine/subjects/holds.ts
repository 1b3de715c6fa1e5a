import { event, fresh, update } from '../aggregate.ts';
import type { Holds } from '../kept.ts';
import type { StoredHold } from '../stored.ts';
import type { World } from '../world.ts';

export function holds(world: World): Holds {
  return {
    async place({ by, ...hold }) {
      const now = world.clock.now();
      const id = `hold-${world.crypto.newId()}`;
      const placed = event(world, 'HoldPlaced', now, { by, kind: hold.kind, ground: hold.ground });
      await world.records.collection<StoredHold>('holds').insert({ ...fresh(world, id, [placed]), ...hold, from: now });
      return id;
    },
    async lift(id, by) {
      const now = world.clock.now();
      await update<StoredHold>(world, 'holds', id, (hold) =>
        hold.until
          ? undefined
          : { document: { ...hold, until: now }, events: [event(world, 'HoldLifted', now, { by })] },
      );
    },
  };
}
