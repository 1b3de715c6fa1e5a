import { KeptError } from '../../kernel/keptError.ts';
import { event, fresh, notFound, update } from '../aggregate.ts';
import type { Tickets } from '../keptMail.ts';
import { dayOf, letterFrame } from '../outbox/letterFrame.ts';
import { queueLetter } from '../outbox/queueLetter.ts';
import { demandOffice } from '../staff/demandOffice.ts';
import type { Message, OutboxLetter, StoredRequest, Ticket } from '../stored.ts';
import { demandViewReason } from '../views/demandViewReason.ts';
import type { World } from '../world.ts';

export function tickets(world: World): Tickets {
  const records = world.records.collection<Ticket>('tickets');
  const messages = world.records.collection<Message>('messages');

  return {
    async queue({ status = 'open', kind, search, assignee, skip = 0, limit = 50 } = {}) {
      const where = {
        service: world.service,
        status: status === 'open' ? { in: ['open', 'waiting'] } : 'closed',
        ...(kind && { kind }),
        ...(search ? searchOf(search) : { test: { exists: false } }),
        ...(assignee !== undefined && { assignee: assignee ?? { exists: false } }),
      };
      const sort = { dueOn: 1, receivedAt: 1, _id: 1 } as const;
      const urgent = { ...where, priority: { exists: true } };
      const [first, total] = await Promise.all([records.count(urgent), records.count(where)]);
      const before = skip < first ? await records.find(urgent, { sort, skip, limit }) : [];
      const rest =
        before.length < limit
          ? await records.find(
              { ...where, priority: { exists: false } },
              { sort, skip: Math.max(0, skip - first), limit: limit - before.length },
            )
          : [];
      return { items: [...before, ...rest], total };
    },

    async get(id) {
      const ticket = await records.get(id);
      return ticket?.service === world.service ? ticket : undefined;
    },

    async conversation(id) {
      const said = await messages.find({ ticket: id }, { sort: { at: 1, direction: 1, _id: 1 } });
      const letters = await world.records.collection<OutboxLetter>('outbox').find({ ticket: id });
      const byId = new Map(letters.map((letter) => [letter._id, letter]));
      return said.map((message) => {
        const letter = message.outbox ? byId.get(message.outbox) : undefined;
        return letter ? { ...message, letter } : message;
      });
    },

    reply: (id, by, text) => reply(world, id, by, text),

    async note(id, by, text) {
      const now = world.clock.now();
      const body = written(text);
      const ticket = await update<Ticket>(world, 'tickets', id, (each) => ({
        document: each,
        events: [event(world, 'TicketNoted', now, { by })],
      }));
      await messages.insert({
        ...fresh(world, world.crypto.newId()),
        ticket: id,
        direction: 'note',
        at: now,
        from: by,
        text: body,
        attachments: [],
      });
      return ticket;
    },

    async assign(id, by, to) {
      const now = world.clock.now();
      return update<Ticket>(world, 'tickets', id, ({ assignee: _, ...ticket }) => ({
        document: to ? { ...ticket, assignee: to } : ticket,
        events: [event(world, 'TicketAssigned', now, { by, to })],
      }));
    },

    async show(id, by, reason) {
      const now = world.clock.now();
      const { _id, role } = await demandOffice(world, by, `ticket ${id}`);
      const shown = event(world, 'TicketShown', now, { by: _id, role, reason: demandViewReason(reason) });
      return update<Ticket>(world, 'tickets', id, (ticket) => ({ document: ticket, events: [shown] }));
    },

    async close(id, by) {
      const now = world.clock.now();
      const requests = await world.records
        .collection<StoredRequest>('requests')
        .find({ ticket: id, closedAt: { exists: false } });
      if (requests.length > 0) {
        throw new KeptError('TICKET_CONFLICT', 'The ticket carries an open rights request', {
          place: `ticket ${id}`,
          remedy: 'Decide the request first; the ticket closes with it.',
        });
      }
      return closeTicket(world, id, by, now);
    },

    async reopen(id, by) {
      const now = world.clock.now();
      return update<Ticket>(world, 'tickets', id, ({ closedAt: _, ...ticket }) =>
        ticket.status === 'closed'
          ? { document: { ...ticket, status: 'open' }, events: [event(world, 'TicketReopened', now, { by })] }
          : undefined,
      );
    },
  };
}

/**
 * Writes to the person of the ticket, or to the registered address that was confirmed; of whom no address is known, they read
 * it in the app. The same words to the same message go once.
 */
export async function reply(world: World, id: string, by: string, text: string, to?: string): Promise<Ticket> {
  const now = world.clock.now();
  const body = written(text);
  const ticket = await world.records.collection<Ticket>('tickets').get(id);
  if (ticket?.service !== world.service) throw notFound('tickets', id);
  const came = await world.records.collection<Message>('messages').count({ ticket: id, direction: 'in' });
  const mark = world.crypto.sha256([by, body, String(came), dayOf(world, now)].join('\n'));
  const occasion = `ticket:${id}:reply:${mark}`;
  const address = to ?? ticket.from.address;
  if (ticket.inApp && !address) {
    const inApp = { ticket: id, direction: 'out', at: now, from: by, text: body, attachments: [] } as const;
    await world.records
      .collection<Message>('messages')
      .insert({ ...fresh(world, `message-${world.crypto.sha256(occasion)}`), ...inApp });
    return replied(world, id, by, now);
  }
  await queueLetter(
    world,
    {
      occasion,
      to: address,
      letter: 'support-reply',
      language: ticket.language,
      model: { ...letterFrame(world, ticket), subjectLine: ticket.subjectLine, text: body },
      automatic: false,
      ticket: id,
      by,
    },
    now,
  );
  return replied(world, id, by, now);
}

function replied(world: World, id: string, by: string, now: Date): Promise<Ticket> {
  return update<Ticket>(world, 'tickets', id, (each) => ({
    document: each.status === 'closed' ? each : { ...each, status: 'waiting' },
    events: [event(world, 'TicketReplied', now, { by })],
  }));
}

/** Closes it without asking what it carries; the engine calls this once the last request is answered. */
export async function closeTicket(world: World, id: string, by: string, now: Date): Promise<Ticket> {
  return update<Ticket>(world, 'tickets', id, (ticket) =>
    ticket.status === 'closed'
      ? undefined
      : {
          document: { ...ticket, status: 'closed', closedAt: now },
          events: [event(world, 'TicketClosed', now, { by })],
        },
  );
}

/** A number finds its ticket, an address the person's: both by an index. */
function searchOf(search: string): { number: string } | { 'from.address': string } {
  const text = search.trim();
  return text.includes('@') ? { 'from.address': text.toLowerCase() } : { number: text.toUpperCase() };
}

function written(text: string): string {
  const body = text.trim();
  if (body) return body;
  throw new KeptError('TEXT_INVALID', 'There is no text', { place: 'text', remedy: 'Write something, then send it.' });
}
