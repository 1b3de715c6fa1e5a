import { isHeld } from '../../../kernel/retention/strongestHold.ts';
import { raiseFinding } from '../../findings/findings.ts';
import { activeHolds } from '../../requests/activeHolds.ts';
import type { StoredRequest } from '../../stored.ts';
import type { World } from '../../world.ts';

/**
 * A record under a legal hold, or of somebody who waits for a copy of their data, stays as it is until that ends; nobody else
 * sees it meanwhile. Staff are told.
 */
export async function waitsForHold(world: World, request: StoredRequest, now: Date): Promise<boolean> {
  for (const { owner, collection } of request.shownIn ?? []) {
    const holds = await activeHolds(world, now, owner);
    if (!holds.some((hold) => hold.kind !== 'restriction' && isHeld(hold, collection, owner, now))) continue;
    const text =
      'What shows somebody is decided, and waits for a hold or a copy: nobody but its owner sees it meanwhile.';
    const about = request._id;
    await raiseFinding(world, { code: 'CONTENT_HELD', about, severity: 'warning', text, place: about }, now);
    return true;
  }
  return false;
}
