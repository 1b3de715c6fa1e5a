import { isClosed } from '../../../kernel/request/requestStatus.ts';
import type { Message, StoredRequest, Ticket } from '../../stored.ts';
import type { World } from '../../world.ts';

/** Short names of tickets, as letters give them. */
const REFERENCE = /\bK-[0-9A-F]{6,16}\b/g;
const MOST_NAMED = 20;
const MOST_LOOKED_AT = 100;

/**
 * The request that a complaint or an appeal is about: on the same ticket, or by a reference number in it, or else the
 * writer's newest that was not carried out in full. Nobody reaches the case of somebody else by its number. Undefined for a
 * complaint about anything else.
 */
export async function contestedRequest(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
): Promise<StoredRequest | undefined> {
  const here = await onTickets(world, [ticket], request);
  if (here.length > 0) return here[0];

  const own = await ticketsOf(world, request);
  const numbers = await namedIn(world, ticket);
  const named = await onTickets(
    world,
    own.filter(({ number }) => numbers.has(number)),
    request,
  );
  if (named.length > 0) return named[0];
  return (await onTickets(world, own, request)).find(
    ({ status }) => status === 'refused' || status === 'partly-fulfilled',
  );
}

/** What can be contested there, newest first: an appeal is against an answer, a complaint may be about its lack. */
async function onTickets(
  { records, service }: World,
  tickets: readonly Ticket[],
  by: StoredRequest,
): Promise<StoredRequest[]> {
  if (tickets.length === 0) return [];
  const found = await records
    .collection<StoredRequest>('requests')
    .find(
      { service, ticket: { in: tickets.map(({ _id }) => _id) } },
      { sort: { receivedAt: -1, _id: 1 }, limit: MOST_LOOKED_AT },
    );
  return found.filter(
    (each) =>
      each._id !== by._id &&
      each.receivedAt <= by.receivedAt &&
      each.right !== by.right &&
      !each.report &&
      (by.right === 'complaint' ? each.right !== 'appeal' : isClosed(each)),
  );
}

/** The conversations of whoever wrote: by their address, and by their account. */
async function ticketsOf({ records, service }: World, { requester, about }: StoredRequest): Promise<Ticket[]> {
  const tickets = records.collection<Ticket>('tickets');
  const newest = { sort: { receivedAt: -1 }, limit: MOST_LOOKED_AT } as const;
  const [written, known] = await Promise.all([
    requester.address ? tickets.find({ service, 'from.address': requester.address }, newest) : [],
    about ? tickets.find({ service, subject: about.subject }, newest) : [],
  ]);
  return [...new Map([...written, ...known].map((each) => [each._id, each])).values()];
}

async function namedIn({ records }: World, ticket: Ticket): Promise<Set<string>> {
  const said = await records.collection<Message>('messages').find({ ticket: ticket._id, direction: 'in' });
  const text = [ticket.subjectLine, ...said.map((message) => message.text)].join('\n').toUpperCase();
  return new Set((text.match(REFERENCE) ?? []).slice(0, MOST_NAMED));
}
