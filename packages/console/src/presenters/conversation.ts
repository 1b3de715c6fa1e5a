import type { Message, OutboxLetter } from '../kept.ts';
import { type Chip, chip } from './chip.ts';
import type { When } from './dates.ts';
import type { Desk } from './desk.ts';

export type Said = Message & { readonly letter?: OutboxLetter };

/** One message of the conversation. Its text is plain text: the template escapes it, whatever the mail held. */
export interface TimelineItem {
  readonly id: string;
  readonly kind: 'in' | 'out' | 'note';
  readonly icon: string;
  readonly label: string;
  readonly from: string;
  readonly at: When;
  readonly text: string;
  /** What follows in a long letter that the engine wrote; folded, since its readers know it. */
  readonly rest: string | undefined;
  /** Subject line of a letter. */
  readonly about: string | undefined;
  readonly attachments: readonly { readonly name: string; readonly about: string }[];
  readonly delivery: Chip | undefined;
  readonly lastError: string | undefined;
  /** Id of a letter that failed and may be tried again. */
  readonly retry: string | undefined;
  /** Id of the raw mail behind it. */
  readonly mail: string | undefined;
}

/** A letter with fewer lines after its opening is shown whole. */
const OPENING_LINES = 6;
const WORTH_FOLDING = 4;
const LABEL = { in: 'wrote', out: 'sent', note: 'noted, for staff only' } as const;
const ICON = { in: 'mail', out: 'send', note: 'note' } as const;

export function presentMessage(message: Said, desk: Desk): TimelineItem {
  const { letter } = message;
  return {
    id: message._id,
    kind: message.direction,
    icon: ICON[message.direction],
    label: LABEL[message.direction],
    from: message.direction === 'in' ? message.from : desk.nameOf(message.from),
    at: desk.when(message.at),
    ...(message.direction === 'out' && !desk.isStaff(message.from)
      ? fold(message.text)
      : { text: message.text, rest: undefined }),
    about: letter?.subjectLine,
    attachments: message.attachments.map(({ name, type, size }) => ({ name, about: `${type}, ${sized(size)}` })),
    delivery: letter && deliveryChip(letter, desk),
    lastError: letter?.state === 'failed' ? letter.lastError : undefined,
    retry: letter?.state === 'failed' ? letter._id : undefined,
    mail: message.direction === 'in' ? message.mail : undefined,
  };
}

/** The opening up to the end of a paragraph, and the rest. */
function fold(letter: string): { text: string; rest: string | undefined } {
  const lines = letter.trim().split('\n');
  const blank = lines.slice(0, OPENING_LINES + 1).findLastIndex((line, at) => at > 1 && line.trim() === '');
  const end = blank > 0 ? blank : OPENING_LINES;
  if (lines.length - end < WORTH_FOLDING) return { text: letter, rest: undefined };
  return { text: lines.slice(0, end).join('\n'), rest: lines.slice(end).join('\n').trim() };
}

function deliveryChip(letter: OutboxLetter, desk: Desk): Chip {
  if (letter.outcomeUnknown) {
    const sent = letter.state === 'sent';
    return chip(
      'soon',
      'alert',
      sent ? 'Sent again, first outcome unknown' : 'Outcome unknown, will be sent again',
      `An attempt ended without an answer. It goes again under the same Message-ID ${letter.messageId}, so that it arrives once at most.`,
    );
  }
  const attempts = letter.attempts > 1 ? ` at attempt ${letter.attempts}` : '';
  switch (letter.state) {
    case 'sent':
      return chip('met', 'check', `Sent${attempts}`, letter.sentAt ? `Sent ${desk.when(letter.sentAt).title}` : 'Sent');
    case 'failed':
      return chip('overdue', 'alert', `Failed${attempts}`);
    case 'dropped':
      return chip('quiet', 'cross', 'Not sent', 'Its link would have opened nothing any more');
    case 'sending':
      return chip('info', 'run', 'Being sent');
    case 'queued':
      return chip('quiet', 'hourglass', letter.attempts > 0 ? `Waiting for attempt ${letter.attempts + 1}` : 'Queued');
  }
}

/** "12 kB": decimal, rounded up, since it only has to warn. */
export function sized(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
