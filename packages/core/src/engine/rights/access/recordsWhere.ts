import type { CollectionName, Where } from '../../ports/recordStore.ts';
import type { Stored } from '../../stored.ts';
import type { World } from '../../world.ts';

const PAGE = 200;

/** Kept's own documents one after the other, in the order of their ids and behind one of them, a page at a time. */
export async function* recordsWhere<T extends Stored>(
  { records, service }: World,
  name: CollectionName,
  where: Where,
  after = '',
): AsyncGenerator<T> {
  const all = records.collection<T>(name);
  for (let last = after; ; ) {
    const page = await all.find({ service, ...where, _id: { after: last } }, { sort: { _id: 1 }, limit: PAGE });
    yield* page;
    if (page.length < PAGE) return;
    last = page.at(-1)?._id ?? last;
  }
}
