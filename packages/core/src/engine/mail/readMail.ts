import { asksIn } from '../../kernel/classify/asksIn.ts';
import { classify, type Recognition } from '../../kernel/classify/classify.ts';
import type { Right } from '../../kernel/decision.ts';
import { event, fresh, save } from '../aggregate.ts';
import { dayOf, letterFrame } from '../outbox/letterFrame.ts';
import { hadEnoughLetters } from '../outbox/lettersLately.ts';
import { queueLetter } from '../outbox/queueLetter.ts';
import type { ReadMail } from '../ports/edges.ts';
import { openRequest } from '../requests/openRequest.ts';
import { isContest } from '../rights/contest/takeUpContest.ts';
import type { Message, OutboxLetter, StoredMail, StoredRequest, Ticket } from '../stored.ts';
import { openTicket } from '../tickets/openTicket.ts';
import { wakeTicket } from '../tickets/wakeTicket.ts';
import type { World } from '../world.ts';
import { keepUnreadable } from './keepUnreadable.ts';
import { openMail } from './receiveMail.ts';
import { whoIsMeant } from './whoIsMeant.ts';

/** A thread longer than this is found by its newest letters; a header can name thousands. */
const MOST_REFERENCES = 100;

/** Characters of a mail that are shown to staff. */
const MOST_SHOWN = 200_000;

/**
 * Reads one stored mail and opens what follows from it: a ticket with its message, and a rights request for each right
 * that it asks for. All ids follow from the mail's, so that reading it again after a crash makes nothing twice.
 */
export async function readMail(world: World, stored: StoredMail): Promise<'read' | 'unreadable'> {
  const now = world.clock.now();
  const raw = await openMail(world, stored);
  let mail: ReadMail;
  try {
    if (!raw) throw Object.assign(new Error(), { code: 'MAIL_KEY_GONE' });
    mail = await world.reader.read(raw);
  } catch (error) {
    await keepUnreadable(world, stored, String((error as { code?: string }).code ?? 'MAIL_UNREADABLE'), now);
    return 'unreadable';
  }

  const from = { ...mail.from, address: mail.from.address.toLowerCase() };
  const recognition = recognise(world, mail, stored);
  const thread = await threadOf(world, mail, from.address);
  const ticket = thread ?? (await newTicket(world, stored, { ...mail, from }, recognition, now));
  await world.records.collection<Message>('messages').insert({
    ...fresh(world, `message-${stored._id}`),
    ticket: ticket._id,
    direction: 'in',
    at: stored.receivedAt,
    from: from.address,
    text: shown(mail.text),
    mail: stored._id,
    attachments: mail.attachments.map(({ name, type, size }) => ({ name, type, size })),
  });

  const opened = await openRequests(world, stored, ticket, { ...mail, from }, recognition, now);
  if (opened === 0 && ticket.requests.length === 0) await acknowledgeInquiry(world, stored, ticket, recognition, now);
  // Not for a machine: two of them would keep a ticket open for ever.
  if (thread && (opened > 0 || !recognition.automatic))
    await wakeTicket(world, thread._id, { writtenAt: stored.receivedAt, now, details: { mail: stored._id } });

  await save(
    world.records.collection<StoredMail>('mails'),
    { ...stored, state: 'read', ticket: ticket._id, attempts: stored.attempts + 1 },
    [
      event(world, 'MailRead', now, {
        ticket: ticket._id,
        rights: recognition.rights.map(({ right }) => right),
        automatic: recognition.automatic,
      }),
    ],
  );
  return 'read';
}

/** That an account is a child's, or that somebody is pictured, leads to the case of a report on the page; a machine reports nothing. */
function reportIn({ child, pictured, automatic }: Recognition): StoredRequest['report'] {
  if (automatic || !(child || pictured)) return undefined;
  return child ? 'child' : 'pictured';
}

/** The raw mail keeps all of it; a page for staff needs no megabytes, nor does one document hold them. */
function shown(text: string): string {
  if (text.length <= MOST_SHOWN) return text;
  return `${text.slice(0, MOST_SHOWN)}\n\n[… ${text.length - MOST_SHOWN} characters more in the raw mail]`;
}

function recognise(world: World, mail: ReadMail, stored: StoredMail): Recognition {
  const recognition = classify(
    {
      subjectLine: mail.subjectLine,
      text: mail.text,
      headers: mail.headers,
      from: mail.from.address,
      own: [stored.mailbox, world.mailFrom],
    },
    world.phrases,
  );
  const own = [stored.mailbox, world.mailFrom.toLowerCase()].includes(mail.from.address.toLowerCase());
  return own ? { ...recognition, automatic: true } : recognition;
}

/** The ticket that the mail answers: by the Message-IDs that we gave out, and only for the ticket's own party. */
async function threadOf(world: World, mail: ReadMail, from: string): Promise<Ticket | undefined> {
  // The reader gives them bare; ours are stored as they stand on the wire.
  const ids = [...mail.inReplyTo, ...mail.references.toReversed()].slice(0, MOST_REFERENCES).map((id) => `<${id}>`);
  if (ids.length === 0) return undefined;
  const letters = await world.records
    .collection<OutboxLetter>('outbox')
    .find({ service: world.service, messageId: { in: ids } }, { limit: 1 });
  const id = letters[0]?.ticket;
  const ticket = id ? await world.records.collection<Ticket>('tickets').get(id) : undefined;
  return from && ticket?.from.address === from ? ticket : undefined;
}

async function newTicket(
  world: World,
  stored: StoredMail,
  mail: ReadMail,
  recognition: Recognition,
  now: Date,
): Promise<Ticket> {
  const report = reportIn(recognition);
  return openTicket(
    world,
    {
      id: `ticket-${stored._id}`,
      kind: recognition.rights.length > 0 || report ? 'rights' : 'inquiry',
      ...(report && { priority: `${report}-report` as const }),
      channel: 'mail',
      subjectLine: mail.subjectLine,
      from: mail.from,
      language: recognition.language === 'und' ? 'en' : recognition.language,
      receivedAt: stored.receivedAt,
      recognition,
    },
    now,
  );
}

/** A right that the ticket carries open already is the same case; anything else starts a clock of its own. */
async function openRequests(
  world: World,
  stored: StoredMail,
  ticket: Ticket,
  mail: ReadMail,
  recognition: Recognition,
  now: Date,
): Promise<number> {
  const { from } = mail;
  const running = await world.records
    .collection<StoredRequest>('requests')
    .find({ ticket: ticket._id, closedAt: { exists: false } });
  const report = reportIn(recognition);
  const asked = recognition.rights.map(({ right }) => right);
  const rights: Right[] = (report && !asked.includes('erasure') ? [...asked, 'erasure' as const] : asked).filter(
    (right) => !running.some((request) => request.right === right && !request._id.startsWith(`request-${stored._id}`)),
  );
  const people = await whoIsMeant(world, from.address, recognition);
  const mandated = recognition.agent && !recognition.child && !recognition.automatic;
  for (const right of rights) {
    const asks = asksIn(mail, right, world.phrases);
    // With several accounts at one address there is a request for each: they are never merged.
    const isReport = report !== undefined && right === 'erasure';
    for (const [index, about] of meantBy(people, right, isReport ? report : undefined).entries()) {
      await openRequest(
        world,
        {
          id: `request-${stored._id}-${right}${index === 0 ? '' : `-${index + 1}`}`,
          right,
          channel: 'mail',
          receivedAt: stored.receivedAt,
          ticket: ticket._id,
          requester: from,
          ...(about && { about }),
          ...(asks && { asks }),
          language: ticket.language,
          ...(isReport && { report }),
          ...(recognition.automatic && { automatic: true }),
          ...(mandated && !isReport && !isContest({ right }) && { mandate: {} }),
        },
        now,
      );
    }
  }
  return rights.length;
}

/** Who is pictured stands under no account, and whoever complains does so once. */
function meantBy<T>(
  people: readonly (T | undefined)[],
  right: Right,
  report: StoredRequest['report'],
): readonly (T | undefined)[] {
  if (report === 'pictured') return [undefined];
  return isContest({ right }) ? people.slice(0, 1) : people;
}

async function acknowledgeInquiry(
  world: World,
  stored: StoredMail,
  ticket: Ticket,
  recognition: Recognition,
  now: Date,
): Promise<void> {
  const to = ticket.from.address;
  if (recognition.automatic || !to || (await hadEnoughLetters(world, to, 'inquiry-received', now))) return;
  await queueLetter(
    world,
    {
      occasion: `inquiry-received:${ticket._id}`,
      to,
      letter: 'inquiry-received',
      language: ticket.language,
      model: { ...letterFrame(world, ticket), receivedOn: dayOf(world, stored.receivedAt), answerBy: ticket.dueOn },
      automatic: true,
      ticket: ticket._id,
    },
    now,
  );
}
