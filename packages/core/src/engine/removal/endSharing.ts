import type { PlanLine } from '../../kernel/decision.ts';
import { runOf } from '../../kernel/request/runOf.ts';
import { LINKS } from '../links/endLinks.ts';
import { revokeLinks } from '../links/revokeLinks.ts';
import type { StoredLink } from '../links/storedLink.ts';
import type { Stored, StoredRequest } from '../stored.ts';
import { VIEWS } from '../views/endViews.ts';
import type { StoredView } from '../views/storedView.ts';
import type { World } from '../world.ts';
import { removeBatch } from './carryOut.ts';

/**
 * Ends a person's sharing links, and cuts what says that staff looked loose from them, as units of the run. Links that a
 * hold keeps are taken back all the same: they prove what was shared, and open nothing.
 */
export async function endSharing(
  world: World,
  subject: string,
  request: StoredRequest,
  { lines, isHeld }: { lines: readonly PlanLine[]; isHeld: (collection: string) => boolean },
): Promise<void> {
  const { service } = world;
  const now = world.clock.now();
  const run = runOf(request);
  const remove = async (collection: string, action: 'erase' | 'detach', found: readonly Stored[]): Promise<void> => {
    const records = found.map(({ _id }) => ({ id: _id, files: [] }));
    if (records.length > 0) await removeBatch(world, { run, collection, action, records }, now);
  };

  const links = await world.records.collection<StoredLink>('links').find({ service, subject });
  if (isHeld(LINKS)) await revokeLinks(world, links, now);
  else await remove(LINKS, 'erase', links);

  if (isHeld(VIEWS)) return;
  const views = await world.records.collection<StoredView>('views').find({ service, subject });
  const planned = lines.find(({ collection }) => collection === VIEWS);
  await remove(VIEWS, planned?.action === 'erase' ? 'erase' : 'detach', views);
}
