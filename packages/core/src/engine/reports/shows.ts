import { KeptError } from '../../kernel/keptError.ts';
import { isClosed } from '../../kernel/request/requestStatus.ts';
import { event, notFound, update } from '../aggregate.ts';
import type { Content } from '../keptReports.ts';
import { demandOffice } from '../staff/demandOffice.ts';
import type { StoredRequest } from '../stored.ts';
import type { ShownIn } from '../storedCase.ts';
import type { World } from '../world.ts';
import { demandContent } from './demandContent.ts';

const MOST_RECORDS = 50;

/** Takes down which record shows the person; from then on it is withheld. */
export async function shows(world: World, id: string, by: string, content: Content): Promise<StoredRequest> {
  const now = world.clock.now();
  if (typeof id !== 'string') throw notFound('requests', 'no text');
  await demandOffice(world, by, `request ${id}`);
  const shown = await shownIn(world, content);
  return update<StoredRequest>(world, 'requests', id, (request) => {
    const known = request.shownIn ?? [];
    demandOpen(request, known.length);
    if (known.some((each) => each.collection === shown.collection && each.record === shown.record)) return undefined;
    const { collection, record } = shown;
    return {
      document: { ...request, shownIn: [...known, shown] },
      events: [event(world, 'ContentWithheld', now, { by, collection, record })],
    };
  });
}

async function shownIn({ data, policy }: World, given: Content): Promise<ShownIn> {
  const { collection, record } = demandContent(given);
  const isThere = policy.inventory.collections.some(({ name }) => name === collection);
  const [found] = isThere ? await data.recordsNamed(collection, [record]) : [];
  if (found?.owner !== undefined) return { collection, record, owner: found.owner };
  throw new KeptError('CONTENT_NOT_FOUND', 'There is no such record, or it is nobody’s', {
    place: 'content',
    remedy: 'Name a collection of the inventory, and the key of the record as the host keeps it.',
  });
}

function demandOpen(request: StoredRequest, known: number): void {
  const isOpen = request.report === 'pictured' && !isClosed(request) && request.status !== 'running';
  if (isOpen && request.status !== 'decided' && known < MOST_RECORDS) return;
  throw new KeptError('REQUEST_CONFLICT', 'This is no report of somebody pictured that is still to be decided', {
    place: `request ${request._id}`,
    remedy: 'Look at the request again.',
  });
}
