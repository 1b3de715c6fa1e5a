import type { PlanLine } from '../../kernel/decision.ts';
import { runOf } from '../../kernel/request/runOf.ts';
import { LINKS } from '../links/endLinks.ts';
import { revokeLinks } from '../links/revokeLinks.ts';
import type { StoredLink } from '../links/storedLink.ts';
import type { StoredRequest } from '../stored.ts';
import { VIEWS } from '../views/endViews.ts';
import type { World } from '../world.ts';
import type { Pace } from './pace.ts';
import { removeOwn } from './removeOwn.ts';

/**
 * Ends a person's sharing links, and cuts what says that staff looked loose from them, as units of the run. Links that a
 * hold keeps are taken back all the same: they prove what was shared, and open nothing.
 */
export async function endSharing(
  world: World,
  subject: string,
  request: StoredRequest,
  { lines, isHeld }: { lines: readonly PlanLine[]; isHeld: (collection: string) => boolean },
  pace: Pace,
): Promise<void> {
  const { service } = world;
  const of = { run: runOf(request), where: { subject } };
  if (isHeld(LINKS)) {
    const links = await world.records.collection<StoredLink>('links').find({ service, subject });
    await revokeLinks(world, links, world.clock.now());
  } else {
    await removeOwn(world, { ...of, name: 'links', collection: LINKS, action: 'erase' }, pace);
  }

  if (isHeld(VIEWS)) return;
  const planned = lines.find(({ collection }) => collection === VIEWS);
  const action = planned?.action === 'erase' ? 'erase' : 'detach';
  await removeOwn(world, { ...of, name: 'views', collection: VIEWS, action }, pace);
}
