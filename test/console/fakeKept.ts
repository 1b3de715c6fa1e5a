import {
  type Kept,
  KeptError,
  type StaffMember,
  type StaffSession,
  type StoredRequest,
  type Ticket,
} from '../../packages/console/src/kept.ts';
import { loadRegime } from '../../packages/core/src/index.ts';
import { decideRequest } from '../../packages/core/src/kernel/request/decideRequest.ts';
import { evolveRequest } from '../../packages/core/src/kernel/request/evolveRequest.ts';
import type { RequestCommand } from '../../packages/core/src/kernel/request/requestEvent.ts';
import * as papers from './correspondence.ts';
import { fakeClock } from './fakeClock.ts';
import { fakeDisclosures } from './fakeDisclosures.ts';
import { fakePolicy as policy } from './fakePolicy.ts';
import { fakeReviews } from './fakeReviews.ts';
import { fakeRights } from './fakeRights.ts';
import { fakeStops } from './fakeStops.ts';
import { type Calls, recorded } from './recorded.ts';
import { rightsRequests, rightsTickets } from './rightsScene.ts';
import * as scene from './scene.ts';

const fail = (code: string, message: string = 'No'): KeptError =>
  new KeptError(code, message, { place: 'fake', remedy: 'Look again.' });

/**
 * An engine in memory that keeps the contract of `Kept` as far as the console uses it. What a rights request may become is
 * decided by the kernel itself, so that four eyes and voided previews are refused exactly as in the real one.
 */
export function fakeKept(options: { now?: () => Date } = {}): { kept: Kept; calls: Calls } {
  const now = options.now ?? (() => scene.NOW);
  const calls: Calls = [];
  const staff = [scene.ada, scene.ben, scene.cleo];
  const sessions = new Map<string, { staff: StaffMember; session: StaffSession }>();
  const tickets = new Map([...scene.tickets, ...rightsTickets].map((ticket) => [ticket._id, ticket]));
  const requests = new Map([...scene.requests, ...rightsRequests].map((request) => [request._id, request]));
  const messages = [...papers.messages];
  const findings = [...papers.findings];
  const attempts = new Map<string, number>();

  const known = <T>(found: T | undefined, what: string): T => {
    if (found === undefined) throw fail(`${what}_NOT_FOUND`);
    return found;
  };
  const change = (id: string, more: Partial<Ticket>): Ticket => {
    const changed = { ...known(tickets.get(id), 'TICKET'), ...more };
    tickets.set(id, changed);
    return changed;
  };
  const command = (id: string, wanted: RequestCommand): StoredRequest => {
    const before = known(requests.get(id), 'REQUEST');
    const after = decideRequest(wanted, before, now()).reduce((state, event) => evolveRequest(state, event), before);
    requests.set(id, after);
    return after;
  };
  const say = (id: string, direction: 'out' | 'note', by: string, text: string): Ticket => {
    const ticket = known(tickets.get(id), 'TICKET');
    messages.push({
      ...scene.stored(`m-${messages.length + 1}`),
      ticket: id,
      direction,
      at: now(),
      from: by,
      text,
      attachments: [],
    });
    return ticket;
  };

  const rights = fakeRights((id) => known(requests.get(id), 'REQUEST'), command);
  const kept = {
    ...rights,
    service: scene.SERVICE,
    policy,
    clock: { now },
    publicUrl: 'http://localhost/privacy',
    tickets: {
      queue: async ({ status, kind, search, assignee, skip = 0, limit = 50 } = {}) => {
        const items = [...tickets.values()]
          .filter((ticket) => ticket.service === scene.SERVICE && !rightsTickets.some(({ _id }) => _id === ticket._id))
          .filter((ticket) => (status === 'closed') === (ticket.status === 'closed'))
          .filter((ticket) => !kind || ticket.kind === kind)
          .filter((ticket) => assignee === undefined || (ticket.assignee ?? null) === assignee)
          .filter(
            (ticket) =>
              !search ||
              (search.includes('@') ? ticket.from.address === search : ticket.number === search.toUpperCase()),
          )
          .toSorted((a, b) => a.dueOn.localeCompare(b.dueOn));
        return { items: items.slice(skip, skip + limit), total: items.length };
      },
      get: async (id) => tickets.get(id),
      conversation: async (id) =>
        messages
          .filter(({ ticket }) => ticket === id)
          .map((message) => {
            const letter = papers.letters.find(({ _id }) => _id === message.outbox);
            return letter ? { ...message, letter } : message;
          }),
      reply: async (id, by, text) => say(id, 'out', by, text),
      note: async (id, by, text) => say(id, 'note', by, text),
      assign: async (id, _by, to) => {
        const { assignee: _, ...rest } = known(tickets.get(id), 'TICKET');
        tickets.set(id, to === null ? rest : { ...rest, assignee: to });
        return known(tickets.get(id), 'TICKET');
      },
      show: async (id, _by, _reason) => known(tickets.get(id), 'TICKET'),
      close: async (id, _by) => {
        const carried = tickets.get(id)?.requests.map((each) => requests.get(each)) ?? [];
        if (carried.some((each) => each && !('closedAt' in each))) throw fail('TICKET_CONFLICT', 'A request is open');
        return change(id, { status: 'closed', closedAt: now() });
      },
      reopen: async (id, _by) => change(id, { status: 'open' }),
    },
    requests: {
      ...rights.requests,
      get: async (id) => requests.get(id),
      list: async ({ ids, tests } = {}) => {
        const all = [...requests.values()];
        const items = all.filter((request) => (ids ? ids.includes(request._id) : tests === (request.test ?? false)));
        return { items, total: items.length };
      },
      law: async ({ regime }) => loadRegime(regime),
      clock: async (request, kind) => fakeClock(request, kind),
      challengeAgain: async (id, by) => command(id, { type: 'Challenge', by, expiresAt: scene.NOW }),
      preview: async (id, by) => {
        return command(id, { type: 'Preview', by, preview: { at: now(), hash: 'b'.repeat(64), lines: scene.plan } });
      },
      propose: async (id, by, hash) => command(id, { type: 'Propose', by, hash }),
      approve: async (id, by, hash) => command(id, { type: 'Approve', by, hash }),
      livesIn: async (id, by, residence) => {
        const regime = policy.residence[residence] ?? 'eu-gdpr';
        return command(id, { type: 'FollowLaw', by, regime, residence });
      },
      extend: async (id, by, reason, until) =>
        command(id, { type: 'Extend', by, reason, on: '2026-11-20', ...(until && { until }) }),
      refuse: async (id, by, { article = 'Art. 12(5) GDPR', ...refusal }) => {
        if (refusal.reason === 'No news') throw fail('REFUSAL_INVALID', 'Nobody may refuse to end marketing');
        return command(id, { type: 'Refuse', refusal: { by, article, ...refusal } });
      },
      answer: async (id, by, _text) => command(id, { type: 'Answer', by }),
      receipt: async (id, round = 1) => {
        const request = requests.get(id);
        const there = request?.status === 'fulfilled' || round < (request?.round ?? 1);
        return there ? papers.receiptOf(id) : undefined;
      },
    },
    mail: {
      counts: async () => ({ stored: 0, read: 211, unreadable: papers.mails.length }),
      unreadable: async () => ({ items: papers.mails, total: papers.mails.length }),
      get: async (id) => papers.mails.find(({ _id }) => _id === id),
      raw: async (id, _by, _reason) => new TextEncoder().encode(`Subject: raw ${id}\r\n\r\nbytes`),
    },
    outbox: {
      list: async ({ ticket } = {}) => papers.letters.filter((letter) => !ticket || letter.ticket === ticket),
      retry: async (id, _by) =>
        known(
          papers.letters.find(({ _id }) => _id === id),
          'LETTER',
        ),
    },
    retention: {
      sweep: async () => {
        return [
          {
            rule: 'generated-videos',
            clause: 'sdance-ai.retention.videos-30-days',
            mode: 'observe',
            ms: 12,
            collections: [{ collection: 'generations', due: 42, erased: 0, files: 61, held: 3 }],
          },
        ];
      },
      runs: async ({ rule, notable, skip = 0, limit = 50 } = {}) =>
        papers.runs
          .filter((run) => rule === undefined || run.rule === rule)
          .filter((run) => notable === undefined || run.notable === notable)
          .slice(skip, skip + limit),
      ...fakeStops(now),
      modeOf: (rule) => (rule === 'payments' ? 'observe' : 'enforce'),
    },
    children: {
      concerns: async (id, _by, subject) => command(id, { type: 'ConfirmIdentity', subject, how: 'report' }),
    },
    disclosures: fakeDisclosures(now),
    evidence: {
      entries: async (of) =>
        papers.evidence.filter(({ aggregate }) => aggregate.kind === of?.kind && aggregate.id === of.id),
    },
    findings: {
      open: async () => findings,
      resolve: async (id, _by) => {
        const at = findings.findIndex(({ _id }) => _id === id);
        findings.splice(at, 1);
      },
    },
    reviews: fakeReviews(staff),
    staff: {
      list: async () => staff,
      get: async (id) => staff.find(({ _id }) => _id === id),
      signIn: async ({ email, password, from }) => {
        attempts.set(from, (attempts.get(from) ?? 0) + 1);
        if ((attempts.get(from) ?? 0) > 8) throw fail('SIGN_IN_SLOWED', 'Too many attempts from here');
        const found = staff.find((member) => member.email === email.toLowerCase());
        if (!found || password !== scene.PASSWORD) throw fail('SIGN_IN_REFUSED');
        attempts.delete(from);
        const token = `token-${found._id}-${sessions.size}`;
        const session = {
          ...scene.stored(token),
          staff: found._id,
          csrf: `csrf-${token}`,
          createdAt: now(),
          expiresAt: new Date('2126-01-01T00:00:00Z'),
        };
        sessions.set(token, { staff: found, session });
        return { token, staff: found, session };
      },
      session: async (token) => sessions.get(token),
      signOut: async (token) => void sessions.delete(token),
    },
  } satisfies Pieces;
  return { kept: recorded(kept, calls) as unknown as Kept, calls };
}

/** The part of the engine that the console asks; anything else it asked for would be missing here, and fail the test. */
type Pieces = {
  [K in keyof Kept]?: Kept[K] extends (...args: never[]) => unknown ? Kept[K] : Partial<Kept[K]>;
};
