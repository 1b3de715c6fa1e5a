import { scrubEvidence, settleEvidence } from '../evidence/evidence.ts';
import type { Message, OutboxLetter, StoredMail, Ticket } from '../stored.ts';
import type { World } from '../world.ts';

/**
 * Tickets with their messages, letters and raw mails; the keys of the mails first, so that no copy of them can be read
 * from then on. What is not yet in the evidence chain is put there before. Throws EVIDENCE_CONFLICT.
 */
export async function eraseConversations(world: World, ids: readonly string[]): Promise<void> {
  const tickets = world.records.collection<Ticket>('tickets');
  const mails = world.records.collection<StoredMail>('mails');
  const messages = world.records.collection<Message>('messages');
  const outbox = world.records.collection<OutboxLetter>('outbox');
  const ofThese = { ticket: { in: ids } };

  const all = await Promise.all([
    tickets.find({ _id: { in: ids } }),
    mails.find(ofThese),
    messages.find(ofThese),
    outbox.find(ofThese),
  ]);
  await settleEvidence(world, all.flat());

  for (const mail of all[1]) await world.keys.destroy(mail.keyId);
  await scrubEvidence(
    world,
    all.flat().map((each) => each._id),
  );
  await messages.remove(ofThese);
  await outbox.remove(ofThese);
  await mails.remove(ofThese);
  await tickets.remove({ _id: { in: ids } });
}
