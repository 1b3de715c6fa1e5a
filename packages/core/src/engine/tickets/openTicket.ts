import type { Recognition } from '../../kernel/classify/classify.ts';
import { event, fresh } from '../aggregate.ts';
import { inquiryDueOn } from '../requests/requestClock.ts';
import type { Ticket } from '../stored.ts';
import type { World } from '../world.ts';

export interface NewTicket {
  readonly id: string;
  readonly kind: Ticket['kind'];
  readonly priority?: NonNullable<Ticket['priority']>;
  readonly channel: Ticket['channel'];
  readonly subjectLine: string;
  readonly from: Ticket['from'];
  readonly language: string;
  readonly receivedAt: Date;
  readonly recognition?: Recognition;
  readonly subject?: string;
  readonly inApp?: NonNullable<Ticket['inApp']>;
  readonly test?: NonNullable<Ticket['test']>;
}

/** Opens a ticket under a given id; one that is there already stays as it is. Inquiries carry the promised period. */
export async function openTicket(world: World, input: NewTicket, now: Date): Promise<Ticket> {
  const tickets = world.records.collection<Ticket>('tickets');
  const { id, ...rest } = input;
  const mark = world.crypto.sha256(`${world.service}\n${id}`).toUpperCase();
  // A short number may be taken by another ticket; a longer one is tried then.
  for (const length of [6, 9, 16]) {
    const ticket: Ticket = {
      ...fresh(world, id, [event(world, 'TicketOpened', now, { kind: input.kind, channel: input.channel })]),
      ...rest,
      number: `K-${mark.slice(0, length)}`,
      status: 'open',
      dueOn: inquiryDueOn(world, input.receivedAt),
      requests: [],
      reminded: [],
    };
    if (await tickets.insert(ticket)) return ticket;
    const there = await tickets.get(id);
    if (there) return there;
  }
  throw new RangeError('No ticket number is free');
}
