import { classify } from '../../kernel/classify/classify.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { fresh } from '../aggregate.ts';
import { demandText } from '../demandText.ts';
import type { Conversation, ConversationState, Support } from '../keptSupport.ts';
import { dayOf } from '../outbox/letterFrame.ts';
import { countAttempt, forgetOldAttempts } from '../staff/attempts.ts';
import type { Message, Ticket } from '../stored.ts';
import { demandSubject } from '../subjects/demandSubject.ts';
import { openTicket } from '../tickets/openTicket.ts';
import { tickets } from '../tickets/tickets.ts';
import { wakeTicket } from '../tickets/wakeTicket.ts';
import type { World } from '../world.ts';
import { SIGNED_IN_PERSON } from './signedInPerson.ts';

const MOST_TEXT = 10_000;
const MOST_SUBJECT_LINE = 200;
const MOST_ID = 200;
const MOST_SHOWN = 100;
/** In a quarter of an hour; nobody has that much to say. */
const MOST_WRITTEN = 20;

/** Conversations with support that their person opens, reads and goes on with signed in. */
export function support(world: World): Support {
  const records = world.records.collection<Ticket>('tickets');
  const messages = world.records.collection<Message>('messages');
  const { service } = world;

  const find = async (subject: unknown, id: unknown): Promise<Ticket> => {
    demandSubject(subject);
    const ticket = await records.get(demandText(id, 'id', MOST_ID));
    if (ticket?.service === service && ticket.inApp && ticket.subject === subject) return ticket;
    throw new KeptError('CONVERSATION_NOT_FOUND', 'There is no such conversation of yours', {
      place: 'support',
      remedy: 'Open it from the list of your conversations.',
    });
  };
  const opened = async (ticket: Ticket): Promise<Conversation> => {
    const all = await tickets(world).conversation(ticket._id);
    return {
      ...stateOf(ticket),
      // A letter on the ticket may have gone to somebody else; that is not theirs to read.
      messages: all
        .filter(({ direction, letter }) => direction !== 'note' && (!letter || letter.to === ticket.from.address))
        .map(({ at, direction, text }) => ({ at, by: direction === 'in' ? 'you' : 'us', text })),
      rights: ticket.recognition?.rights.map(({ right }) => right) ?? [],
    };
  };
  /** Under an id that follows from what is said, so that a second click says it once. */
  const say = (ticket: string, mark: string, text: string, at: Date): Promise<unknown> =>
    messages.insert({
      ...fresh(world, `message-app-${mark}`),
      ...{ ticket, at, text },
      direction: 'in',
      from: SIGNED_IN_PERSON,
      attachments: [],
    });

  return {
    async open(subject, message) {
      demandSubject(subject);
      const now = world.clock.now();
      const subjectLine = demandText(message?.subjectLine, 'subject line', MOST_SUBJECT_LINE).replace(/\s+/g, ' ');
      const text = demandText(message.text, 'text', MOST_TEXT);
      await demandCalmWriter(world, subject, now);
      const [address = ''] = await world.data.addressesOf(subject);
      const mark = markOf(world, [subject, subjectLine, text, dayOf(world, now)]);
      const ticket = await openTicket(
        world,
        {
          id: `ticket-app-${mark}`,
          kind: 'inquiry',
          channel: 'app',
          inApp: true,
          ...{ subject, subjectLine },
          from: { address: address.toLowerCase() },
          language: 'en',
          receivedAt: now,
          recognition: classify({ subjectLine, text, from: address, own: [] }, world.phrases),
        },
        now,
      );
      await say(ticket._id, mark, text, ticket.receivedAt);
      return opened(ticket);
    },

    async write(subject, id, words) {
      const ticket = await find(subject, id);
      const now = world.clock.now();
      const text = demandText(words, 'text', MOST_TEXT);
      await demandCalmWriter(world, subject, now);
      const answers = await messages.count({ ticket: ticket._id, direction: 'out' });
      const mark = markOf(world, [ticket._id, text, String(answers)]);
      await say(ticket._id, mark, text, now);
      await wakeTicket(world, ticket._id, { writtenAt: now, now, details: { message: `message-app-${mark}` } });
      return opened(await find(subject, id));
    },

    async of(subject) {
      demandSubject(subject);
      const sort = { receivedAt: -1, _id: 1 } as const;
      const all = await records.find({ service, subject, inApp: { exists: true } }, { sort, limit: MOST_SHOWN });
      return all.map(stateOf);
    },

    get: async (subject, id) => opened(await find(subject, id)),
  };
}

const states = { open: 'waits-for-us', waiting: 'waits-for-you', closed: 'closed' } as const;

function stateOf({ _id: id, number, subjectLine, status, receivedAt, dueOn }: Ticket): ConversationState {
  return { ...{ id, number, subjectLine }, state: states[status], openedAt: receivedAt, answerBy: dueOn };
}

function markOf({ crypto, service }: World, said: readonly string[]): string {
  return crypto.sha256([service, ...said].join('\n')).slice(0, 24);
}

async function demandCalmWriter(world: World, subject: string, now: Date): Promise<void> {
  const id = world.crypto.sha256(`${world.service}\nsupport\n${subject}`);
  await forgetOldAttempts(world, now);
  await countAttempt(world, { id, most: MOST_WRITTEN, refusal: { code: 'SUPPORT_REFUSED', place: 'support' } }, now);
}
