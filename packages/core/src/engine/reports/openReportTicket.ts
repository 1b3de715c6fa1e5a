import { fresh } from '../aggregate.ts';
import type { Message, Ticket } from '../stored.ts';
import { openTicket } from '../tickets/openTicket.ts';
import type { World } from '../world.ts';

interface ReportTicket {
  /** Follows from what the report says, so that it is one however often it is sent. */
  readonly name: string;
  readonly priority: NonNullable<Ticket['priority']>;
  readonly subjectLine: string;
  readonly from: Ticket['from'];
  readonly text: string;
}

/** A ticket that goes before others, with what the report says on it. */
export async function openReportTicket(world: World, report: ReportTicket, now: Date): Promise<Ticket> {
  const { name, text, ...about } = report;
  const frame = { kind: 'rights', channel: 'app', language: 'en', receivedAt: now } as const;
  const ticket = await openTicket(world, { id: `ticket-${name}`, ...frame, ...about }, now);
  await world.records.collection<Message>('messages').insert({
    ...fresh(world, `message-${name}`),
    ticket: ticket._id,
    direction: 'in',
    at: now,
    from: about.from.address || 'somebody',
    text,
    attachments: [],
  });
  return ticket;
}
