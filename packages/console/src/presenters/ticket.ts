import type { Can } from '../abilities.ts';
import type { StoredRequest, Ticket } from '../kept.ts';
import { isClosed } from '../kept.ts';
import { type Chip, chip } from './chip.ts';
import { presentMessage, type Said, type TimelineItem } from './conversation.ts';
import type { When } from './dates.ts';
import type { Desk } from './desk.ts';
import { ticketDue } from './due.ts';
import { presentRequestCard, type RequestCard, TEST } from './requestCard.ts';
import { KIND_LABEL, languageLabel, RIGHT_LABEL } from './words.ts';

export interface TicketModel {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly kind: string;
  readonly due: Chip;
  readonly state: Chip;
  readonly from: { readonly name: string; readonly address: string; readonly named: boolean };
  readonly language: string;
  readonly channel: string;
  readonly received: When;
  readonly assignee: string | undefined;
  readonly mine: boolean;
  readonly closed: boolean;
  /** An open rights request keeps its ticket open; the engine closes it with the last one. */
  readonly closable: boolean;
  readonly verified: boolean;
  /** What was written is hidden, as from whoever does not work on it. */
  readonly masked: boolean;
  readonly timeline: readonly TimelineItem[];
  readonly requests: readonly RequestCard[];
  readonly recognised: readonly { readonly right: string; readonly evidence: string; readonly sure: string }[];
  readonly marks: readonly Chip[];
  readonly may: {
    readonly reply: boolean;
    readonly note: boolean;
    readonly assign: boolean;
    readonly download: boolean;
  };
}

export function presentTicket(
  ticket: Ticket,
  conversation: readonly Said[],
  requests: readonly StoredRequest[],
  can: Can,
  desk: Desk,
  seen: boolean,
): TicketModel {
  const closed = ticket.status === 'closed';
  return {
    id: ticket._id,
    number: ticket.number,
    title: ticket.subjectLine.trim() || '(no subject line)',
    kind: KIND_LABEL[ticket.kind],
    due: ticketDue(ticket, requests, desk),
    state: stateChip(ticket),
    from: { name: senderOf(ticket), address: ticket.from.address || 'Not known', named: Boolean(ticket.from.name) },
    language: languageLabel(ticket.language),
    channel: ticket.channel === 'mail' ? 'By mail' : 'In the app',
    received: desk.when(ticket.receivedAt),
    assignee: ticket.assignee === undefined ? undefined : desk.nameOf(ticket.assignee),
    mine: ticket.assignee === desk.me,
    closed,
    closable: !closed && requests.every(isClosed),
    verified: ticket.subject !== undefined,
    masked: !seen,
    timeline: conversation.map((message) => presentMessage(message, desk)),
    requests: requests.map((request) => presentRequestCard(request, desk)),
    recognised: (ticket.recognition?.rights ?? []).map(({ right, confidence, evidence }) => ({
      right: RIGHT_LABEL[right],
      evidence,
      sure: `${Math.round(confidence * 100)} %`,
    })),
    marks: [...(ticket.test ? [TEST] : []), ...presentMarks(ticket)],
    may: {
      reply: seen && !closed && (ticket.from.address !== '' || ticket.inApp === true) && can('reply', 'Ticket', ticket),
      note: seen && can('note', 'Ticket', ticket),
      assign: can('assign', 'Ticket', ticket),
      download: can('download', 'Ticket', ticket),
    },
  };
}

/** Why it goes before all others. */
export const priorityChip: Readonly<Record<NonNullable<Ticket['priority']>, Chip>> = {
  'child-report': chip('overdue', 'flag', 'Report of a child'),
  'pictured-report': chip('overdue', 'flag', 'Report of somebody pictured'),
  upheld: chip('overdue', 'flag', 'Upheld: goes first'),
};

/** Who wrote, as far as the mail says; a mail that could not be read names nobody. */
export function senderOf({ from }: Ticket): string {
  return from.name || from.address || 'Unknown sender';
}

function stateChip({ status }: Ticket): Chip {
  if (status === 'open') return chip('info', 'inbox', 'Open');
  if (status === 'waiting') return chip('quiet', 'hourglass', 'Waiting', 'Waiting for the person');
  return chip('quiet', 'check', 'Closed');
}

function presentMarks({ recognition, priority }: Ticket): Chip[] {
  const first = priority ? [priorityChip[priority]] : [];
  if (!recognition) return first;
  return [
    ...first,
    ...(recognition.automatic ? [chip('quiet', 'run', 'Written by a machine')] : []),
    ...(recognition.child && !priority ? [chip('soon', 'flag', 'Perhaps a child')] : []),
    ...(recognition.agent ? [chip('soon', 'flag', 'Writes for somebody else')] : []),
    ...(recognition.pictured && !priority ? [chip('soon', 'flag', 'Pictured in somebody’s upload')] : []),
    ...(recognition.partial ? [chip('info', 'flag', 'About a part only', recognition.named.join(', '))] : []),
  ];
}
