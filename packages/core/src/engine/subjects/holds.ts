import { KeptError } from '../../kernel/keptError.ts';
import { isRestrictionGround } from '../../kernel/request/restrictionGround.ts';
import { event, fresh, update } from '../aggregate.ts';
import { demandText } from '../demandText.ts';
import type { Holds } from '../kept.ts';
import type { StoredHold } from '../stored.ts';
import type { World } from '../world.ts';
import { demandSubject } from './demandSubject.ts';
import { changing } from './stamps.ts';

export function holds(world: World): Holds {
  return {
    place: (asked) => placeHold(world, `hold-${world.crypto.newId()}`, asked),
    async lift(id, staff) {
      const now = world.clock.now();
      const by = demandText(staff, 'by', 200);
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

/** Places it under an id, once; answers that. */
export async function placeHold(world: World, id: string, asked: Parameters<Holds['place']>[0]): Promise<string> {
  const now = world.clock.now();
  const by = demandText(asked.by, 'by', 200);
  const hold = holdOf(asked);
  const placed = event(world, 'HoldPlaced', now, { by, kind: hold.kind, ground: hold.ground });
  const document: StoredHold = { ...fresh(world, id, [placed]), ...hold, from: now };
  await changing(world, hold.subject, () => world.records.collection<StoredHold>('holds').insert(document));
  return id;
}

/** What a hold covers, and nothing that was handed over with it, such as an end. Throws HOLD_INVALID, SUBJECT_INVALID, INPUT_INVALID. */
function holdOf({
  kind,
  subject,
  collection,
  ground,
}: Parameters<Holds['place']>[0]): Pick<StoredHold, 'kind' | 'subject' | 'collection' | 'ground'> {
  if (kind !== 'legal' && kind !== 'restriction') {
    throw new KeptError('HOLD_INVALID', 'There is no such kind of hold', {
      place: 'kind',
      remedy: 'Use one of: legal, restriction.',
    });
  }
  if (subject !== undefined) demandSubject(subject);
  return {
    kind,
    ...(subject !== undefined && { subject }),
    ...(collection !== undefined && { collection: demandText(collection, 'collection', 200) }),
    ground: demandText(ground, 'ground', 500),
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
