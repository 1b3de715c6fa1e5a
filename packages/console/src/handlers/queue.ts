import type { Kept, StoredRequest, Ticket } from '../kept.ts';
import { openDesk } from '../presenters/desk.ts';
import { maskedTicket } from '../presenters/masked.ts';
import { PAGE_SIZE, presentQueue, type QueueCounts, type QueueFilter } from '../presenters/queue.ts';
import type { Outcome, StaffVisit } from '../visit.ts';
import { pageOf } from './pageOf.ts';

/** The tickets by due date, each with its rights requests. */
export async function showQueue(visit: StaffVisit): Promise<Outcome> {
  const { kept, query, can, staff } = visit;
  const filter = filterOf(query);
  const { status, kind, search, page, whose } = filter;
  const found = await kept.tickets.queue({
    status,
    ...(kind && { kind }),
    ...(search && { search }),
    ...(whose && { assignee: whose === 'mine' ? staff._id : null }),
    skip: (page - 1) * PAGE_SIZE,
    limit: PAGE_SIZE,
  });
  const items = found.items
    .filter((ticket) => can('read', 'Ticket', ticket))
    .map((ticket) => (can('see', 'Ticket', ticket) ? ticket : maskedTicket(ticket)));
  const [requests, counts, desk] = await Promise.all([requestsOf(kept, items), countsOf(kept), openDesk(visit)]);

  const model = presentQueue({ items, total: found.total }, requests, filter, counts, desk);
  return { view: 'queue', title: model.heading, model };
}

/** The rights requests that these tickets carry, by id. */
export async function requestsOf(kept: Kept, tickets: readonly Ticket[]): Promise<ReadonlyMap<string, StoredRequest>> {
  const ids = tickets.flatMap(({ requests }) => requests);
  const { items } = await kept.requests.list({ ids });
  return new Map(items.map((request) => [request._id, request]));
}

async function countsOf(kept: Kept): Promise<QueueCounts> {
  const [open, closed, mail, findings] = await Promise.all([
    kept.tickets.queue({ status: 'open', limit: 1 }),
    kept.tickets.queue({ status: 'closed', limit: 1 }),
    kept.mail.counts(),
    kept.findings.open(),
  ]);
  return { open: open.total, closed: closed.total, unreadable: mail.unreadable, findings: findings.length };
}

const WHOSE = ['mine', 'nobody'] as const;
const KINDS = ['inquiry', 'rights', 'unreadable'] satisfies Ticket['kind'][];

function filterOf(query: Readonly<Record<string, string>>): QueueFilter {
  return {
    status: query.status === 'closed' ? 'closed' : 'open',
    kind: KINDS.find((kind) => kind === query.kind),
    search: (query.search ?? '').trim().slice(0, 200),
    whose: WHOSE.find((whose) => whose === query.whose),
    page: pageOf(query.page),
  };
}
