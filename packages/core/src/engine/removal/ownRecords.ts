import type { PlanLine } from '../../kernel/decision.ts';
import type { ConsentRecord, Identifier, Message, OutboxLetter, StoredMail, StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';

/** The collection names under which Kept's own records appear in plans and receipts. */
export const OWN = { conversations: 'kept.tickets', choices: 'kept.consents', cases: 'kept.requests' } as const;

/** What Kept itself holds of a subject: conversations go with the person; what proves a choice or an answer stays, with its ground. */
export async function surveyOwnRecords(world: World, subject: string, request: StoredRequest): Promise<PlanLine[]> {
  const conversations = await conversationsOf(world, subject, request);
  const choices = await world.records.collection<ConsentRecord>('consents').count({ service: world.service, subject });
  return [
    ownLine(world, OWN.conversations, 'support.conversation', conversations.length),
    ownLine(world, OWN.choices, 'choice.consent', choices),
    ownLine(world, OWN.cases, 'rights.record', 1),
  ].filter((line) => line.count > 0);
}

/** Erases conversations that are no case; the keys of raw mails first, so that no copy of them can be read from then on. */
export async function eraseOwnRecords(world: World, subject: string, request: StoredRequest): Promise<void> {
  for (const ticket of await conversationsOf(world, subject, request)) await eraseConversation(world, ticket._id);
  await world.records.collection<Identifier>('identifiers').remove({ service: world.service, subject });
}

/** A ticket with its messages, its letters and its raw mails. */
export async function eraseConversation(world: World, ticket: string): Promise<void> {
  const mails = world.records.collection<StoredMail>('mails');
  for (const mail of await mails.find({ ticket })) {
    await world.keys.destroy(mail.keyId);
    await mails.remove({ _id: mail._id });
  }
  await world.records.collection<Message>('messages').remove({ ticket });
  await world.records.collection<OutboxLetter>('outbox').remove({ ticket });
  await world.records.collection<Ticket>('tickets').remove({ _id: ticket });
}

/** Conversations that carry no rights request: those that do are the record of a case. */
async function conversationsOf(world: World, subject: string, request: StoredRequest): Promise<Ticket[]> {
  const addresses = [
    ...new Set([
      request.requester.address,
      request.about?.address,
      ...(request.captured?.addresses ?? (await world.data.addressesOf(subject))),
    ]),
  ];
  const tickets = world.records.collection<Ticket>('tickets');
  const { service } = world;
  const [byAddress, bySubject] = await Promise.all([
    tickets.find({ service, 'from.address': { in: addresses.filter((each) => each !== undefined) } }),
    tickets.find({ service, subject }),
  ]);
  const all = new Map([...byAddress, ...bySubject].map((ticket) => [ticket._id, ticket]));
  return [...all.values()].filter((ticket) => ticket.requests.length === 0);
}

function ownLine(world: World, collection: string, category: string, count: number): PlanLine {
  const rule = world.policy.retention.find((each) =>
    each.covers.some((covered) => category === covered || category.startsWith(`${covered}.`)),
  );
  const stays = rule?.onErasure === 'detach';
  return {
    collection,
    categories: [category],
    action: stays ? 'keep' : 'erase',
    count,
    files: 0,
    ...(rule && { rule: `retention.${rule.id}`, clause: rule.clause }),
    ...(stays && rule.ground && { ground: rule.ground }),
  };
}
