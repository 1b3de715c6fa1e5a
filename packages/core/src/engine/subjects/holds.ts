import { KeptError } from '../../kernel/keptError.ts';
import { event, fresh, update } from '../aggregate.ts';
import type { Holds } from '../kept.ts';
import type { StoredHold } from '../stored.ts';
import type { World } from '../world.ts';
import { isRestrictionGround } from './restrictionGround.ts';
import { changing } from './stamps.ts';

export function holds(world: World): Holds {
  return {
    async place({ by, ...hold }) {
      const now = world.clock.now();
      const id = `hold-${world.crypto.newId()}`;
      const placed = event(world, 'HoldPlaced', now, { by, kind: hold.kind, ground: hold.ground });
      const document: StoredHold = { ...fresh(world, id, [placed]), ...hold, from: now };
      await changing(world, hold.subject, () => world.records.collection<StoredHold>('holds').insert(document));
      return id;
    },
    async lift(id, by) {
      const now = world.clock.now();
      const placed = await world.records.collection<StoredHold>('holds').get(id);
      if (placed) demandTold(placed);
      await changing(world, placed?.subject, () =>
        update<StoredHold>(world, 'holds', id, (hold) =>
          hold.until
            ? undefined
            : { document: { ...hold, until: now }, events: [event(world, 'HoldLifted', now, { by })] },
        ),
      );
    },
  };
}

/** Throws RESTRICTION_REFUSED: where the law gives the ground, it also asks that the person is told first (Art 18(3) GDPR). */
function demandTold({ _id, kind, ground, until, lifting }: StoredHold): void {
  if (kind !== 'restriction' || !isRestrictionGround(ground) || until || lifting?.toldAt) return;
  throw new KeptError('RESTRICTION_REFUSED', 'The person must be told before the restriction ends', {
    place: _id,
    remedy: 'End it with kept.restrictions.lift, which tells them.',
  });
}
