import { randomBytes } from 'node:crypto';
import { Router } from 'express';
import { createTransport } from 'nodemailer';
import { textOf } from '../../src/web/formBody.ts';
import { personOf, signedIn } from '../../src/web/guards.ts';
import { Refusal } from '../../src/web/refusal.ts';
import type { Person } from './models.ts';
import { type Studio, supportAddress } from './studio.ts';

const shown = 20;

interface Conversation {
  readonly number: string;
  readonly about: string;
  readonly status: string;
  readonly said: readonly { readonly at: Date; readonly mine: boolean; readonly text: string }[];
}

/** The support section: a form for those who are signed in, and the answers to read. It hands its messages to Kept itself. */
export function support({ kept, render }: Studio): Router {
  const writer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const router = Router();
  router.use('/support', signedIn);

  router.get('/support', async (req, res) => {
    const conversations = await ours(personOf<Person>(req));
    render(req, res, 'support', { title: 'Support', conversations, sent: req.query.sent === 'yes' });
  });

  router.post('/support', async (req, res) => {
    const person = personOf<Person>(req);
    const about = textOf(req, 'subject').replace(/\s+/g, ' ').slice(0, 150);
    const text = textOf(req, 'text');
    if (text === '' || text.length > 20_000) throw new Refusal(422, 'Please write what it is about.');
    const { message } = await writer.sendMail({
      from: { name: person.name, address: person.email },
      to: supportAddress,
      subject: about || 'Message from the support section',
      text,
      messageId: `<${markOf(person)}${randomBytes(12).toString('hex')}@studio>`,
    });
    await kept.mail.receive({ mailbox: supportAddress, raw: message as Buffer });
    res.redirect(303, '/support?sent=yes');
  });

  /**
   * Conversations that began here. Others under the same address are left out: nobody has shown that who owns the account
   * wrote those mails.
   */
  async function ours(person: Person): Promise<Conversation[]> {
    const found = await Promise.all(
      (['open', 'closed'] as const).map((status) => kept.tickets.queue({ status, search: person.email, limit: shown })),
    );
    const conversations: Conversation[] = [];
    for (const ticket of found.flatMap(({ items }) => items)) {
      const messages = await kept.tickets.conversation(ticket._id);
      const first = messages.find((each) => each.direction === 'in');
      const mail = first?.mail === undefined ? undefined : await kept.mail.get(first.mail);
      if (!mail?.messageKey.includes(markOf(person))) continue;
      const said = messages
        .filter((each) => each.direction !== 'note')
        .map(({ at, direction, text }) => ({ at, mine: direction === 'in', text }));
      conversations.push({ number: ticket.number, about: ticket.subjectLine, status: ticket.status, said });
    }
    return conversations;
  }

  return router;
}

const markOf = (person: Person): string => `support.${person.id}.`;
