import { demandPage } from '../demandPage.ts';
import type { OwnView, Views } from '../keptViews.ts';
import { demandSubject } from '../subjects/demandSubject.ts';
import type { World } from '../world.ts';
import { recordView } from './recordView.ts';
import type { StoredView } from './storedView.ts';

const MOST_AT_ONCE = 200;

export function views(world: World): Views {
  const records = world.records.collection<StoredView>('views');
  return {
    open: (view) => recordView(world, view),

    async of(subject, { skip = 0, limit = 50 } = {}) {
      demandSubject(subject);
      demandPage({ skip, limit });
      const where = { service: world.service, subject, outcome: 'permitted' } as const;
      const [items, total] = await Promise.all([
        records.find(where, { sort: { at: -1, _id: 1 }, skip, limit: Math.min(limit, MOST_AT_ONCE) }),
        records.count(where),
      ]);
      return { items: items.map(shown), total };
    },
  };
}

/** The person learns that somebody looked and why; the colleague's name is the colleague's. */
function shown({ at, role, purpose, reason, categories, collection, record }: StoredView): OwnView {
  const where = { ...(collection !== undefined && { collection }), ...(record !== undefined && { record }) };
  return { at, role, purpose, reason, categories, ...where };
}
