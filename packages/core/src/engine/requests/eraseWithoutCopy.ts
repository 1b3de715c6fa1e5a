import { KeptError } from '../../kernel/keptError.ts';
import { event, update } from '../aggregate.ts';
import { demandText } from '../demandText.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { copyBefore } from './copyBefore.ts';

/**
 * Lets an approved erasure go without the copy that its person asked for first, for a reason in writing. Throws
 * REQUEST_CONFLICT where it waits for none.
 */
export async function eraseWithoutCopy(
  world: World,
  request: StoredRequest,
  by: string,
  reason: string,
): Promise<StoredRequest> {
  const now = world.clock.now();
  const { _id } = request;
  const why = { by, reason: demandText(reason, 'reason', 2_000) };
  const copy = request.status === 'approved' && (await copyBefore(world, request, now));
  if (!copy) {
    throw new KeptError('REQUEST_CONFLICT', 'This waits for no copy', {
      place: `request ${_id}`,
      remedy: 'Look at the request again: it is no approved erasure, or it goes on by itself.',
    });
  }
  return update<StoredRequest>(world, 'requests', _id, (each) =>
    each.withoutCopy || each.status !== 'approved'
      ? undefined
      : {
          document: { ...each, withoutCopy: { ...why, at: now } },
          events: [event(world, 'ErasureFreedFromCopy', now, { ...why, copy: copy.request })],
        },
  );
}
