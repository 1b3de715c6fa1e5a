import { event, update } from '../aggregate.ts';
import type { Message, StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';

/**
 * Once a mandate has been looked at, the documents that came with the conversation are not kept: from then on nobody can read
 * the mails that carried them. What was written in them stays.
 */
export async function forgetDocuments(world: World, request: StoredRequest, now: Date): Promise<StoredRequest> {
  const said = await world.records
    .collection<Message>('messages')
    .find({ ticket: request.ticket, direction: 'in', mail: { exists: true } });
  const carriers = said.filter(({ attachments }) => attachments.length > 0).map(({ mail }) => `mail:${mail}`);
  for (const key of carriers) await world.keys.destroy(key);
  return update<StoredRequest>(world, 'requests', request._id, (each) => ({
    document: { ...each, mandate: { ...each.mandate, documentsGone: true } },
    events: [event(world, 'MandateDocumentsDeleted', now, { mails: carriers.length })],
  }));
}
