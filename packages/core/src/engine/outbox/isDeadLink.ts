import { isClosed } from '../../kernel/request/requestStatus.ts';
import type { OutboxLetter, StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';

/**
 * Whether the link that a waiting letter carries confirms nothing any more: its request was refused, taken back or is gone, it was
 * confirmed, or a newer link stands in for it. A letter is queued before its request knows of the link, so a link that nobody
 * knows of yet is a live one.
 */
export async function isDeadLink(world: World, { confirms }: Pick<OutboxLetter, 'confirms'>): Promise<boolean> {
  if (!confirms) return false;
  const request = await world.records.collection<StoredRequest>('requests').get(confirms.request);
  if (!request || isClosed(request)) return true;
  const { challenge: number } = confirms;
  if (number > 0) return request.status !== 'received' || number < (request.challenge?.number ?? 0);
  const { newAddress } = request;
  return newAddress !== undefined && (-number < newAddress.number || newAddress.confirmedAt !== undefined);
}
