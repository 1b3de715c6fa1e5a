import type { Disclosure } from '../keptEgress.ts';
import type { World } from '../world.ts';
import type { LogMark } from './notification.ts';

const PAGE = 500;

/** All that left about a person, oldest first, in pages: the log of one person may be long. */
export async function* madeAbout(world: World, subject: string): AsyncGenerator<Disclosure> {
  const disclosures = world.records.collection<Disclosure>('disclosures');
  let mark: LogMark | undefined;
  for (let limit = PAGE; ; ) {
    const behind = mark && { at: { after: new Date(mark.at.getTime() - 1) } };
    const where = { service: world.service, subject, outcome: 'made', ...behind };
    const page = await disclosures.find(where, { sort: { at: 1, _id: 1 }, limit });
    const unread = page.filter((each) => !mark || isBehind(each, mark));
    yield* unread;
    if (page.length < limit) return;
    const last = unread.at(-1);
    // More of one instant than fit a page are read by wider ones.
    if (last) mark = markOf(last);
    else limit *= 2;
  }
}

export function markOf({ at, _id }: Disclosure): LogMark {
  return { at, id: _id };
}

/** Whether it is newer than what was read up to a mark. */
export function isBehind({ at, _id }: Pick<Disclosure, 'at' | '_id'>, mark: LogMark): boolean {
  const later = at.getTime() - mark.at.getTime();
  return later > 0 || (later === 0 && _id > mark.id);
}
