import type { World } from '../world.ts';
import type { Use } from './use.ts';

const PAGE = 500;

/** Every use of a set, in the order of their ids. */
export async function* linesOf({ service, records }: World, set: string): AsyncGenerator<Use, void, undefined> {
  for (let last = ''; ; ) {
    const where = { service, set, kind: 'use', _id: { after: last } } as const;
    const page = await records.collection<Use>('uses').find(where, { sort: { _id: 1 }, limit: PAGE });
    yield* page;
    const next = page.at(-1)?._id;
    if (next === undefined || page.length < PAGE) return;
    last = next;
  }
}
