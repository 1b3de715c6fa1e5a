import { KeptError } from '../../kernel/keptError.ts';
import { event, fresh } from '../aggregate.ts';
import type { LetterModels, LetterName } from '../ports/letterModels.ts';
import type { Message, OutboxLetter } from '../stored.ts';
import type { World } from '../world.ts';

export interface Queued<L extends LetterName = LetterName> {
  /** What the letter is for; the same occasion queues one letter, however often it is asked. */
  readonly occasion: string;
  readonly to: string;
  readonly letter: L;
  readonly language: string;
  readonly model: LetterModels[L];
  readonly automatic: boolean;
  readonly ticket?: string;
  readonly request?: string;
  readonly inReplyTo?: string;
  readonly confirms?: NonNullable<OutboxLetter['confirms']>;
  readonly tells?: string;
  readonly attachments?: OutboxLetter['attachments'];
  /** Who wrote it, where a person did. */
  readonly by?: string;
}

/** Puts a letter into the outbox, once per occasion, under a Message-ID that follows from the occasion alone. */
export async function queueLetter<L extends LetterName>(world: World, queued: Queued<L>, now: Date): Promise<void> {
  const { letter, language, model, occasion, by, ...rest } = queued;
  if (!queued.to) {
    throw new KeptError('LETTER_INVALID', 'There is no address to which a letter could go', {
      place: queued.ticket ? `ticket ${queued.ticket}` : letter,
      remedy: 'The mail came without a sender; reach the person another way.',
    });
  }
  const written = world.letters.write(letter, language, { ...model });
  const mark = markOf(world, occasion);
  const id = letterId(world, occasion);

  await world.records.collection<OutboxLetter>('outbox').insert({
    ...fresh(world, id, [event(world, 'LetterQueued', now, { letter, occasion })]),
    ...rest,
    ...written,
    letter,
    occasion,
    messageId: `<${mark}@${domainOf(world.mailFrom)}>`,
    attachments: queued.attachments ?? [],
    state: 'queued',
    queuedAt: now,
    attempts: 0,
    nextAttemptAt: now,
    outcomeUnknown: false,
  });

  if (!queued.ticket) return;
  await world.records.collection<Message>('messages').insert({
    ...fresh(world, `message-${mark}`),
    ticket: queued.ticket,
    direction: 'out',
    at: now,
    from: by ?? world.service,
    text: written.text,
    outbox: id,
    attachments: (queued.attachments ?? []).map(({ name, type, content }) => ({ name, type, size: content.length })),
  });
}

/** Under which the letter for an occasion lies in the outbox. */
export function letterId(world: World, occasion: string): string {
  return `letter-${markOf(world, occasion)}`;
}

function markOf({ service, crypto }: World, occasion: string): string {
  return crypto.sha256(`${service}\n${occasion}`).slice(0, 32);
}

function domainOf(address: string): string {
  return address
    .slice(address.lastIndexOf('@') + 1)
    .replace(/[^A-Za-z0-9.-]/g, '')
    .toLowerCase();
}
