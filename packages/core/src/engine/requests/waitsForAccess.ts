import { OPEN_STATUSES } from '../../kernel/request/requestStatus.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { today } from './requestClock.ts';

/**
 * "Send me everything, then delete it": the copy first, the erasure once it was fetched or could no longer be; but not past
 * the day on which the erasure is due.
 */
export async function waitsForAccess(
  world: World,
  erasure: StoredRequest & { readonly subject: string },
  now: Date,
): Promise<boolean> {
  if (today(world, now) >= erasure.dueOn) return false;
  const copies = await world.records.collection<StoredRequest>('requests').find({
    service: world.service,
    subject: erasure.subject,
    right: { in: ['access', 'portability'] },
    test: { exists: false },
  });
  return copies.some(
    ({ status, handedOver }) =>
      (status !== 'received' && OPEN_STATUSES.includes(status)) ||
      (handedOver !== undefined && handedOver.at === undefined && handedOver.by > now),
  );
}
