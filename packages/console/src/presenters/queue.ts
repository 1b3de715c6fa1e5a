import type { StoredRequest, Ticket } from '../kept.ts';
import { type Chip, chip } from './chip.ts';
import { counted, type When } from './dates.ts';
import type { Desk } from './desk.ts';
import { ticketDue } from './due.ts';
import { presentRequestCard, type RequestCard } from './requestCard.ts';
import { priorityChip, senderOf } from './ticket.ts';
import { KIND_LABEL } from './words.ts';

export const PAGE_SIZE = 25;

const WHOSE_LABEL = { all: 'Everybody’s', mine: 'Mine', nobody: 'Nobody’s' } as const;

/** What the address of the queue says; it can be bookmarked and shared. */
export interface QueueFilter {
  readonly status: 'open' | 'closed';
  readonly kind: Ticket['kind'] | undefined;
  readonly search: string;
  /** Undefined for everybody's. */
  readonly whose: 'mine' | 'nobody' | undefined;
  readonly page: number;
}

export interface QueueCounts {
  readonly open: number;
  readonly closed: number;
  readonly unreadable: number;
  readonly findings: number;
}

interface Tab {
  readonly label: string;
  readonly count: number | undefined;
  readonly href: string;
  readonly current: boolean;
}

interface QueueRow {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly from: string;
  readonly kind: string;
  readonly due: Chip;
  readonly priority: Chip | undefined;
  readonly received: When;
  readonly assignee: string | undefined;
  readonly mine: boolean;
  readonly requests: readonly RequestCard[];
}

export interface QueueModel {
  readonly heading: string;
  readonly caption: string;
  readonly summary: string;
  readonly here: string;
  readonly filter: QueueFilter;
  readonly tabs: readonly Tab[];
  readonly kinds: readonly Tab[];
  readonly whose: readonly Tab[];
  readonly strips: readonly { readonly href: string; readonly chip: Chip }[];
  readonly rows: readonly QueueRow[];
  readonly empty: { readonly title: string; readonly text: string; readonly reset: string | undefined } | undefined;
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

export function presentQueue(
  found: { readonly items: readonly Ticket[]; readonly total: number },
  requests: ReadonlyMap<string, StoredRequest>,
  filter: QueueFilter,
  counts: QueueCounts,
  desk: Desk,
): QueueModel {
  const rows = found.items.map((ticket) => presentRow(ticket, requests, desk));
  const shown = filter.page * PAGE_SIZE;
  const status = filter.status === 'open' ? 'open' : 'closed';
  const first = shown - PAGE_SIZE + 1;
  return {
    heading: filter.status === 'open' ? 'Open cases' : 'Closed cases',
    caption: `Tickets that are ${status}, by due date, the most urgent first, reports of children before all`,
    summary:
      rows.length === 0
        ? ''
        : `${first.toLocaleString('en-GB')}–${(first + rows.length - 1).toLocaleString('en-GB')} of ${counted(found.total, 'ticket')}`,
    here: hrefOf(filter),
    filter,
    tabs: (['open', 'closed'] as const).map((status) => ({
      label: status === 'open' ? 'Open' : 'Closed',
      count: counts[status],
      href: hrefOf({ ...filter, status, page: 1 }),
      current: filter.status === status,
    })),
    kinds: [undefined, 'rights', 'inquiry', 'unreadable'].map((kind) => ({
      label: kind === undefined ? 'All kinds' : KIND_LABEL[kind as Ticket['kind']],
      count: undefined,
      href: hrefOf({ ...filter, kind: kind as Ticket['kind'] | undefined, page: 1 }),
      current: filter.kind === kind,
    })),
    whose: ([undefined, 'mine', 'nobody'] as const).map((whose) => ({
      label: WHOSE_LABEL[whose ?? 'all'],
      count: undefined,
      href: hrefOf({ ...filter, whose, page: 1 }),
      current: filter.whose === whose,
    })),
    strips: presentStrips(counts),
    rows,
    empty: rows.length > 0 ? undefined : presentEmpty(filter),
    previous: filter.page > 1 ? hrefOf({ ...filter, page: filter.page - 1 }) : undefined,
    next: shown < found.total ? hrefOf({ ...filter, page: filter.page + 1 }) : undefined,
  };
}

function presentRow(ticket: Ticket, requests: ReadonlyMap<string, StoredRequest>, desk: Desk): QueueRow {
  const cases = ticket.requests.flatMap((id) => requests.get(id) ?? []);
  return {
    id: ticket._id,
    number: ticket.number,
    title: ticket.subjectLine.trim() || '(no subject line)',
    from: senderOf(ticket),
    kind: KIND_LABEL[ticket.kind],
    due: ticketDue(ticket, cases, desk),
    priority: ticket.priority && priorityChip[ticket.priority],
    received: desk.when(ticket.receivedAt),
    assignee: ticket.assignee === undefined ? undefined : desk.nameOf(ticket.assignee),
    mine: ticket.assignee === desk.me,
    requests: cases.map((request) => presentRequestCard(request, desk)),
  };
}

function presentStrips(counts: QueueCounts): { href: string; chip: Chip }[] {
  const mails = `${counted(counts.unreadable, 'mail')} could not be read`;
  const findings = `${counted(counts.findings, 'open finding')}`;
  return [
    ...(counts.unreadable > 0 ? [{ href: '/mails', chip: chip('soon', 'mail', mails) }] : []),
    ...(counts.findings > 0 ? [{ href: '/findings', chip: chip('soon', 'flag', findings) }] : []),
  ];
}

function presentEmpty(filter: QueueFilter): { title: string; text: string; reset: string | undefined } {
  const { search, kind, whose, status } = filter;
  if (search || kind || whose) {
    const said = [
      kind && `of kind “${KIND_LABEL[kind]}”`,
      search && `matching “${search}”`,
      whose && (whose === 'mine' ? 'that are yours' : 'that nobody has'),
    ];
    const other = status === 'open' ? 'closed' : 'open';
    return {
      title: `No ${status} tickets ${said.filter(Boolean).join(', ')}`,
      text: search
        ? `A search takes the whole number, such as K-7F3A2C, or the whole address. Perhaps it is among the ${other} ones.`
        : 'Look among the others, or take the filter away.',
      reset: hrefOf({ status }),
    };
  }
  return filter.status === 'open'
    ? {
        title: 'Nothing is waiting',
        text: 'New mail to the support address appears here by itself, the most urgent first.',
        reset: undefined,
      }
    : {
        title: 'Nothing was closed yet',
        text: 'A ticket comes here when it is closed or its last request is answered.',
        reset: undefined,
      };
}

function hrefOf({ status, kind, search, whose, page }: Partial<QueueFilter>): string {
  const query = new URLSearchParams();
  if (status === 'closed') query.set('status', status);
  if (kind) query.set('kind', kind);
  if (search) query.set('search', search);
  if (whose) query.set('whose', whose);
  if (page !== undefined && page > 1) query.set('page', String(page));
  return query.size > 0 ? `/?${query}` : '/';
}
