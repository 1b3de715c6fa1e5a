import type {
  Notification,
  PackageState,
  Rehearsal,
  StoredHold,
  StoredRequest,
  Ticket,
} from '../../packages/console/src/kept.ts';
import { ada, ago, aTicket, ben, NOW, plan, stored } from './scene.ts';

const opened = (id: string) => ({
  ...stored(id),
  regime: 'eu-gdpr',
  channel: 'mail' as const,
  receivedAt: ago(3),
  acknowledgedAt: ago(3),
  ticket: `t-${id}`,
  requester: { address: 'mira@example.test', name: 'Mira Sandoval' },
  about: { subject: 'u-17', address: 'mira@example.test' },
  language: 'en',
  dueOn: '2026-12-17',
  reminded: [],
  subject: 'u-17',
  identity: { how: 'link' as const, at: ago(2, 20) },
});

const ended = { startedAt: ago(0, 2), closedAt: ago(0, 1), answerSentAt: ago(0, 1) };
const { about: _, subject: _s, identity: _i, ...unknown } = opened('agent');

/** What an erasure would do. */
export const rehearsed: Rehearsal = {
  right: 'erasure',
  regime: 'eu-gdpr',
  way: 'approved',
  dueOn: '2026-12-21',
  found: [{ collection: 'users', records: 1, files: 1 }],
  plan,
  recipients: ['fal-ai'],
};

/** Requests of every right at the steps where staff have something to do or to see. */
export const rightsRequests: readonly StoredRequest[] = [
  {
    ...opened('correct'),
    right: 'rectification',
    status: 'verified',
    asks: { corrections: [{ collection: 'users', field: 'name', value: 'Mira Sandoval-Ruiz' }] },
  },
  { ...opened('object'), right: 'objection', status: 'verified', asks: { purposes: ['service.improvement'] } },
  { ...opened('complain'), ticket: 't-object', right: 'complaint', status: 'verified', contests: 'r-refused' },
  { ...opened('appeal'), right: 'appeal', status: 'verified', contests: 'r-refused' },
  { ...opened('restrict'), right: 'restriction', status: 'fulfilled', ...ended },
  {
    ...opened('package'),
    right: 'portability',
    status: 'partly-fulfilled',
    ...ended,
    missing: ['One file is locked by its store until 3 March 2027.'],
  },
  {
    ...opened('left'),
    right: 'erasure',
    status: 'partly-fulfilled',
    ...ended,
    missing: ['In comments 1 record still names the person.'],
    carriedOut: plan.map((line) => ({ ...line, done: line.count })),
    residue: { lookedAt: ago(0, 1), found: 1, rounds: 1 },
    captured: { subject: 'u-17', addresses: ['mira@example.test'], keys: {} },
  },
  { ...opened('making'), right: 'access', status: 'running', startedAt: ago(0, 1) },
  {
    ...opened('tried'),
    ...ended,
    requester: { address: ben.email, name: ben.name },
    channel: 'staff',
    right: 'erasure',
    status: 'fulfilled',
    test: true,
    rehearsal: rehearsed,
  },
  { ...opened('linked'), right: 'access', status: 'linked', closedAt: ago(1), of: 'r-access' },
  {
    ...opened('decided'),
    right: 'objection',
    status: 'decided',
    decision: {
      right: 'objection',
      by: ada._id,
      at: ago(0, 1),
      balances: [
        {
          purpose: 'service.improvement',
          outcome: 'overridden',
          interests: 'Finding faults that only many uses show',
          reasons: 'No way to find them with less',
          article: 'Article 21(1) GDPR',
        },
      ],
    },
  },
  {
    ...opened('stoppable'),
    right: 'erasure',
    status: 'approved',
    preview: { at: ago(0, 3), hash: 'a'.repeat(64), lines: [] },
    proposal: { by: ben._id, at: ago(0, 2), hash: 'a'.repeat(64) },
    approval: { by: ada._id, at: ago(0, 1), hash: 'a'.repeat(64) },
  },
  {
    ...opened('copy'),
    ...ended,
    right: 'access',
    status: 'fulfilled',
    handedOver: { by: new Date(NOW.getTime() + 13 * 86_400_000) },
  },
  {
    ...opened('after'),
    ticket: 't-copy',
    right: 'erasure',
    status: 'approved',
    preview: { at: ago(0, 3), hash: 'a'.repeat(64), lines: [] },
    proposal: { by: ben._id, at: ago(0, 2), hash: 'a'.repeat(64) },
    approval: { by: ada._id, at: ago(0, 1), hash: 'a'.repeat(64) },
  },
  { ...unknown, right: 'access', status: 'received', mandate: {} },
  {
    ...opened('pictured'),
    right: 'erasure',
    report: 'pictured',
    status: 'verified',
    subject: 'kept:address:mira@example.test',
    shownIn: [{ collection: 'generations', record: 'g-9', owner: 'u-40' }],
  },
];

export const rightsTickets: readonly Ticket[] = [...Map.groupBy(rightsRequests, ({ ticket }) => ticket)].map(
  ([id, requests]) =>
    aTicket(id, {
      requests: requests.map(({ _id }) => _id),
      number: `K-${id.toUpperCase()}`,
      subjectLine: `About ${id}`,
      assignee: ben._id,
      ...(requests.some(({ test }) => test) && { test: true as const }),
    }),
);

const aPackage: PackageState = {
  id: 'p-1',
  request: 'package',
  right: 'portability',
  state: 'ready',
  startedAt: ago(0, 2),
  readyAt: ago(0, 1),
  availableUntil: new Date(NOW.getTime() + 13 * 86_400_000),
  deliveredAt: ago(0, 1),
  entries: 90,
  records: 1204,
  files: 63,
  bytes: 4_812_000_000,
  parts: [
    {
      number: 1,
      sha256: 'c'.repeat(64),
      entries: 50,
      records: 1000,
      files: 40,
      bytes: 4_000_000_000,
      sentAt: ago(0, 1),
    },
    { number: 2, sha256: 'd'.repeat(64), entries: 40, records: 204, files: 23, bytes: 812_000_000, sentAt: ago(0, 1) },
  ],
  missing: ['One file is locked by its store until 3 March 2027.'],
};

export const packages: readonly PackageState[] = [
  aPackage,
  {
    ...{ id: 'p-2', request: 'making', right: 'access', state: 'making', startedAt: ago(0, 1), missing: [], parts: [] },
    ...{ entries: 12, records: 900, files: 4, bytes: 71_000_000 },
  },
  {
    ...aPackage,
    id: 'p-3',
    request: 'copy',
    state: 'expired',
    deliveredAt: undefined,
    availableUntil: ago(1),
  } as never,
];

/** The signed receipt of a package that was fetched. */
export const delivered = '{"document":{"format":"kept-delivery/1"},"signature":{"keyId":"key-1"}}';

const notice = (id: string, more: Partial<Notification>): Notification => ({
  ...stored(id),
  request: 'restrict',
  recipient: 'authorities',
  what: 'restriction',
  categories: ['account'],
  by: 'staff',
  state: 'queued',
  queuedAt: ago(1),
  dueAt: new Date(NOW.getTime() + 5 * 86_400_000),
  attempts: 0,
  ...more,
});

export const notices: readonly Notification[] = [
  notice('n-1', {}),
  notice('n-2', { recipient: 'fal-ai', by: 'connector', state: 'expired', attempts: 4 }),
  notice('n-3', { recipient: 'mailer', state: 'confirmed', confirmedBy: 'link', endedAt: ago(0, 2) }),
];

export const holds: readonly StoredHold[] = [
  {
    ...stored('h-0'),
    kind: 'restriction',
    subject: 'u-17',
    ground: 'unlawful',
    from: ago(9),
    until: ago(3),
    signed: true,
  },
  { ...stored('h-1'), kind: 'restriction', subject: 'u-17', ground: 'not-stated', from: ago(2) },
];
