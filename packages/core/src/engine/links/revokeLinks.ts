import { event, update } from '../aggregate.ts';
import { enterLedger } from '../subjects/enterLedger.ts';
import type { World } from '../world.ts';
import type { StoredLink } from './storedLink.ts';

/** Takes links back and answers how many were not yet. A backup that is restored opens none of them again. */
export async function revokeLinks(world: World, links: readonly StoredLink[], now: Date): Promise<number> {
  const live = links.filter(({ revokedAt }) => revokedAt === undefined);
  for (const { _id, subject } of live) {
    await enterLedger(world, { kind: 'link-revoked', subject, detail: _id, at: now, id: _id });
    await update<StoredLink>(world, 'links', _id, (link) =>
      link.revokedAt
        ? undefined
        : {
            document: { ...link, revokedAt: now },
            events: [event(world, 'LinkRevoked', now, { opened: link.opened })],
          },
    );
  }
  return live.length;
}
