import { needsIdentity } from '../../kernel/request/needsIdentity.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';

/**
 * The requests of one message about one person, which one link confirms: who asks for two things proves once who they are.
 * Sorted, so that everybody names the same one first; that one's letter carries the link.
 */
export async function confirmedTogether(world: World, request: StoredRequest): Promise<StoredRequest[]> {
  const { ticket, receivedAt, about } = request;
  const open = await world.records
    .collection<StoredRequest>('requests')
    .find({ ticket, status: 'received', receivedAt: { in: [receivedAt] } }, { sort: { _id: 1 } });
  return open.filter((each) => each.about?.subject === about?.subject && !each.report && needsIdentity(each));
}
