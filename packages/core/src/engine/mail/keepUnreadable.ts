import { event, save } from '../aggregate.ts';
import { raiseFinding } from '../findings/findings.ts';
import { dayOf } from '../outbox/letterFrame.ts';
import { queueLetter } from '../outbox/queueLetter.ts';
import { staffInOffice } from '../staff/staffInOffice.ts';
import type { StoredMail } from '../stored.ts';
import { openTicket } from '../tickets/openTicket.ts';
import type { World } from '../world.ts';

/** Kept as it came, on a ticket that staff see, counted: what nobody can read may still be a request. */
export async function keepUnreadable(world: World, stored: StoredMail, why: string, now: Date): Promise<void> {
  const ticket = await openTicket(
    world,
    {
      id: `ticket-${stored._id}`,
      kind: 'unreadable',
      channel: 'mail',
      subjectLine: 'A mail that could not be read',
      from: { address: '' },
      language: 'en',
      receivedAt: stored.receivedAt,
    },
    now,
  );
  await raiseFinding(
    world,
    {
      code: 'MAIL_UNREADABLE',
      about: stored._id,
      severity: 'error',
      text: `A mail to ${stored.mailbox} could not be read (${why}). It is kept as it came and may be a request whose clock runs.`,
      place: ticket._id,
    },
    now,
  );
  for (const member of await staffInOffice(world, false)) {
    await queueLetter(
      world,
      {
        occasion: `mail-unreadable:${stored._id}:${member._id}`,
        to: member.email,
        letter: 'mail-unreadable-staff',
        language: 'en',
        model: {
          service: world.policy.controller.name,
          reference: ticket.number,
          link: world.consoleUrl ? `${world.consoleUrl}/tickets/${ticket._id}` : null,
          mailbox: stored.mailbox,
          receivedOn: dayOf(world, stored.receivedAt),
          size: stored.size,
          why,
        },
        automatic: true,
      },
      now,
    );
  }
  await save(
    world.records.collection<StoredMail>('mails'),
    { ...stored, state: 'unreadable', why, ticket: ticket._id, attempts: stored.attempts + 1 },
    [event(world, 'MailUnreadable', now, { ticket: ticket._id, why })],
  );
}
