import type { PlanLine, StaffMember, StoredRequest, Ticket } from '../../packages/console/src/kept.ts';

/** Friday noon in Berlin; everything in the scene is told from here. */
export const NOW: Date = new Date('2026-11-20T11:00:00Z');
export const SERVICE = 'sdance-ai';
export const PASSWORD = 'correct horse battery staple';
export const HASH = 'a'.repeat(64);

/** What somebody would send who wishes the console ill. */
export const HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(2) hx-get="/x">"\'{{constructor}}';

export const stored = (id: string, service: string = SERVICE) => ({
  _id: id,
  service,
  schema: 1,
  version: 1,
  pending: [],
});

export const ago = (days: number, hours: number = 0): Date => new Date(NOW.getTime() - (days * 24 + hours) * 3_600_000);

export const ada: StaffMember = {
  ...stored('staff-ada'),
  email: 'ada@example.test',
  name: 'Ada Lind',
  role: 'lead',
  password: '',
};
export const ben: StaffMember = {
  ...stored('staff-ben'),
  email: 'ben@example.test',
  name: 'Ben Okoye',
  role: 'agent',
  password: '',
};
export const cleo: StaffMember = {
  ...stored('staff-cleo'),
  email: 'cleo@example.test',
  name: 'Cleo Marsh',
  role: 'lead',
  password: '',
};

export const plan: readonly PlanLine[] = [
  {
    collection: 'users',
    categories: ['account.contact', 'account.profile'],
    action: 'erase',
    othersAlong: 14,
    count: 1,
    files: 1,
    clause: 'sdance-ai.rights.delete-account',
  },
  {
    collection: 'generations',
    categories: ['generation.prompt', 'generation.output'],
    action: 'erase',
    count: 1204,
    files: 2411,
    rule: 'generated-videos',
    clause: 'sdance-ai.retention.videos-30-days',
  },
  {
    collection: 'apiLogs',
    categories: ['log.api', 'log.network'],
    action: 'erase',
    count: 318,
    files: 0,
    clause: 'sdance-ai.retention.logs-90-days',
  },
  {
    collection: 'payments',
    categories: ['payment.record'],
    action: 'detach',
    count: 7,
    files: 0,
    rule: 'payment-records',
    clause: 'sdance-ai.retention.payments',
    ground: { article: 'Art. 17(3)(b) GDPR', text: 'Tax law keeps booking records for eight years' },
    until: new Date('2034-12-31T23:00:00Z'),
  },
  {
    collection: 'generations.remixes',
    categories: ['generation.output'],
    action: 'keep',
    count: 3,
    files: 3,
    ground: { article: 'Art. 17(1) GDPR', text: 'Works of other people' },
  },
];

export function aTicket(id: string, more: Partial<Ticket> = {}): Ticket {
  return {
    ...stored(id),
    number: `K-${id.toUpperCase().padEnd(6, '0').slice(0, 6)}`,
    kind: 'rights',
    status: 'open',
    channel: 'mail',
    subjectLine: 'Please delete everything you have about me',
    from: { address: 'mira@example.test', name: 'Mira Sandoval' },
    language: 'en',
    receivedAt: ago(3),
    dueOn: '2026-12-17',
    requests: [],
    reminded: [],
    ...more,
  };
}

const opened = (id: string, ticket: string) => ({
  ...stored(id),
  right: 'erasure' as const,
  regime: 'eu-gdpr',
  channel: 'mail' as const,
  receivedAt: ago(3),
  acknowledgedAt: ago(3),
  challenge: { number: 1, at: ago(3), expiresAt: new Date(NOW.getTime() + 4 * 24 * 3_600_000) },
  ticket,
  requester: { address: 'mira@example.test', name: 'Mira Sandoval' },
  about: { subject: 'u-17', address: 'mira@example.test' },
  language: 'en',
  dueOn: '2026-12-17',
  reminded: [],
});

const verified = { subject: 'u-17', identity: { how: 'link' as const, at: ago(2, 20) } };
const preview = { at: ago(0, 3), hash: HASH, lines: plan };
const proposalBy = (by: string) => ({ by, at: ago(0, 2), hash: HASH });

const { about: _nobody, ...unfound } = opened('r-report', 't-received');

export const requests: readonly StoredRequest[] = [
  { ...opened('r-proposed', 't-proposed'), ...verified, preview, proposal: proposalBy(ben._id), status: 'proposed' },
  { ...opened('r-by-ada', 't-by-ada'), ...verified, preview, proposal: proposalBy(ada._id), status: 'proposed' },
  { ...opened('r-previewed', 't-previewed'), ...verified, preview: { ...preview, at: ago(2) }, status: 'previewed' },
  { ...opened('r-resumed', 't-previewed'), ...verified, preview, status: 'previewed', round: 2, resumedAt: ago(0, 4) },
  { ...opened('r-received', 't-received'), status: 'received', dueOn: '2026-11-22' },
  { ...unfound, report: 'child', status: 'received' },
  { ...opened('r-access', 't-access'), ...verified, right: 'access', status: 'verified', dueOn: '2026-11-18' },
  {
    ...opened('r-running', 't-running'),
    ...verified,
    preview,
    proposal: proposalBy(ben._id),
    approval: proposalBy(ada._id),
    startedAt: ago(0, 1),
    status: 'running',
  },
  {
    ...opened('r-done', 't-done'),
    ...verified,
    preview,
    proposal: proposalBy(ben._id),
    approval: proposalBy(ada._id),
    startedAt: ago(0, 1),
    closedAt: ago(0, 1),
    answerSentAt: ago(0, 1),
    carriedOut: plan.map((line) => ({ ...line, done: line.count === 1204 ? 1200 : line.count })),
    residue: { lookedAt: ago(0, 1), found: 0, rounds: 1 },
    status: 'fulfilled',
  },
  {
    ...opened('r-refused', 't-refused'),
    status: 'refused',
    closedAt: ago(1),
    refusal: { by: ada._id, article: 'Art. 12(5)(b) GDPR', reason: 'The same request was answered last week.' },
  },
  { ...opened('r-elsewhere', 't-elsewhere'), service: 'another-service', status: 'received' },
];

export const tickets: readonly Ticket[] = [
  aTicket('t-access', {
    subjectLine: 'What do you know about me?',
    requests: ['r-access'],
    dueOn: '2026-11-18',
    assignee: ben._id,
    from: { address: 'jonas@example.test', name: 'Jonas Weidner' },
  }),
  aTicket('t-hostile', {
    kind: 'inquiry',
    subjectLine: HOSTILE,
    from: { address: 'eve@example.test', name: HOSTILE },
    dueOn: '2026-11-21',
  }),
  aTicket('t-received', {
    requests: ['r-received'],
    dueOn: '2026-11-22',
    from: { address: 'li@example.test', name: 'Li Wen' },
  }),
  aTicket('t-inquiry', {
    kind: 'inquiry',
    subjectLine: 'My credits are gone since the update',
    dueOn: '2026-12-01',
    from: { address: 'sam@example.test' },
    assignee: ada._id,
  }),
  aTicket('t-proposed', {
    requests: ['r-proposed'],
    subject: 'u-17',
    recognition: {
      rights: [{ right: 'erasure', confidence: 0.97, evidence: 'delete everything you have about me' }],
      language: 'en',
      automatic: false,
      child: false,
      agent: false,
      pictured: false,
      named: [],
      partial: false,
    },
  }),
  aTicket('t-by-ada', { requests: ['r-by-ada'] }),
  aTicket('t-previewed', { requests: ['r-previewed'], subjectLine: 'Account löschen' }),
  aTicket('t-running', { requests: ['r-running'], subjectLine: 'Erase my data', status: 'waiting' }),
  aTicket('t-done', { requests: ['r-done'], status: 'closed', closedAt: ago(0, 1) }),
  aTicket('t-refused', { requests: ['r-refused'], status: 'closed', closedAt: ago(1) }),
  aTicket('t-elsewhere', { service: 'another-service', requests: ['r-elsewhere'] }),
];
