import type {
  ErasureReceipt,
  EvidenceEntry,
  Finding,
  Message,
  OutboxLetter,
  Policy,
  Run,
  SignedDocument,
  StoppedSweep,
  StoredMail,
  SweepStop,
} from '../../packages/console/src/kept.ts';
import { ago, ben, cleo, HOSTILE, stored } from './scene.ts';

const aMessage = (id: string, ticket: string, more: Partial<Message>): Message => ({
  ...stored(id),
  ticket,
  direction: 'in',
  at: ago(3),
  from: 'Mira Sandoval',
  text: '',
  attachments: [],
  ...more,
});

export const messages: readonly Message[] = [
  aMessage('m-1', 't-proposed', {
    mail: 'mail-1',
    text: 'Hello,\n\nI no longer use the app. Please delete everything you have about me,\nincluding the dance videos and whatever my friends remixed from them.\n\nMira\n\n> On Monday you wrote:\n> Your weekly digest',
    attachments: [{ name: 'screenshot.png', type: 'image/png', size: 48_211 }],
  }),
  aMessage('m-2', 't-proposed', {
    direction: 'out',
    at: ago(2, 23),
    from: 'Kept',
    outbox: 'l-1',
    text: 'Hello,\n\nwe have received your request.\n\nPlease open this link and confirm:\n\n    (link)\n\nIt works once.\n\nSdance AI',
  }),
  aMessage('m-3', 't-proposed', {
    direction: 'note',
    at: ago(0, 2),
    from: ben._id,
    text: 'Payments stay detached until 2034. Remixes by others are theirs.',
  }),
  aMessage('m-4', 't-proposed', {
    direction: 'out',
    at: ago(0, 1),
    from: ben._id,
    outbox: 'l-2',
    text: 'Your request is being looked at by a second person.',
  }),
  aMessage('m-5', 't-proposed', {
    direction: 'out',
    at: ago(0, 1),
    from: ben._id,
    outbox: 'l-3',
    text: 'A letter that did not get through.',
  }),
  aMessage('m-6', 't-hostile', {
    mail: 'mail-2',
    from: HOSTILE,
    text: HOSTILE,
    attachments: [{ name: HOSTILE, type: 'text/html', size: 12 }],
  }),
  aMessage('m-7', 't-elsewhere', { mail: 'mail-9', text: 'of another service' }),
];

const aLetter = (id: string, more: Partial<OutboxLetter>): OutboxLetter => ({
  ...stored(id),
  occasion: id,
  messageId: `<${id}@example.test>`,
  to: 'mira@example.test',
  letter: 'reply',
  subjectLine: 'Re: Please delete',
  text: '',
  attachments: [],
  automatic: false,
  state: 'sent',
  queuedAt: ago(1),
  attempts: 1,
  nextAttemptAt: ago(1),
  outcomeUnknown: false,
  ticket: 't-proposed',
  ...more,
});

export const letters: readonly OutboxLetter[] = [
  aLetter('l-1', { sentAt: ago(2, 23) }),
  aLetter('l-2', { outcomeUnknown: true, attempts: 2, sentAt: ago(0, 1) }),
  aLetter('l-3', { state: 'failed', attempts: 8, lastError: '550 mailbox unavailable' }),
  aLetter('l-9', { state: 'failed', ticket: 't-elsewhere' }),
];

export const mails: readonly StoredMail[] = [
  {
    ...stored('mail-x'),
    mailbox: 'support',
    messageKey: 'x',
    sha256: 'x',
    receivedAt: ago(1),
    size: 18_442,
    state: 'unreadable',
    attempts: 3,
    why: 'No headers could be found',
    sealed: new Uint8Array(),
    keyId: 'k',
  },
];

const aStop = (rule: string, more: Partial<StoppedSweep>): StoppedSweep & { stop: SweepStop } => ({
  ...stored(`stop-${rule}`),
  rule,
  stop: { collection: 'generations', due: 1900, total: 2000, at: ago(0, 2) },
  signatures: [],
  ...more,
});

export const findings: readonly Finding[] = [
  {
    ...stored('f-1'),
    code: 'REQUEST_OVERDUE',
    severity: 'error',
    text: 'A request is past its due date',
    place: 'request r-access',
    firstAt: ago(2),
    lastAt: ago(0, 1),
    times: 2,
  },
  {
    ...stored('f-2'),
    code: 'RETENTION_UNDETERMINED',
    severity: 'warning',
    text: 'Records without an anchor date are kept',
    place: 'generations',
    firstAt: ago(9),
    lastAt: ago(0, 5),
    times: 9,
  },
];

/** Rules whose sweep has stopped: one that nobody signed for, one that the privacy lead Cleo did, one of another house. */
export const stops: readonly (StoppedSweep & { stop: SweepStop })[] = [
  aStop('api-logs', {}),
  aStop('generated-videos', {
    signatures: [{ by: cleo._id, at: ago(0, 1), reason: 'An import.', collection: 'generations', due: 1900 }],
  }),
  aStop('elsewhere', { service: 'another-service' }),
];

/** As far as pages show them. */
export const rules = [
  {
    id: 'generated-videos',
    covers: ['generation'],
    keep: { atMost: 'P30D', from: 'notice' },
    since: 'generated',
    openEnded: false,
    unless: 'saved',
    grace: { since: 'unsaved', keep: 'P7D', from: 'operator' },
    onErasure: 'erase',
    clause: 'sdance-ai.retention.videos-30-days',
  },
  {
    id: 'api-logs',
    covers: ['log.api'],
    keep: { atMost: 'P90D', from: 'notice' },
    since: 'logged',
    openEnded: false,
    onErasure: 'erase',
    clause: 'sdance-ai.retention.api-logs-90-days',
  },
  {
    id: 'payments',
    covers: ['payment'],
    keep: { atLeast: 'P8Y', fromEndOf: 'year', from: 'statute', source: '§147 AO' },
    since: 'paid',
    openEnded: false,
    onErasure: 'detach',
    clause: 'sdance-ai.retention.payments-by-law',
  },
] as unknown as Policy['retention'];

export const aRun = (hoursAgo: number, rule: string, more: Partial<Run> & Pick<Run, 'collections'>): Run => ({
  ...stored(`run-${rule}-${hoursAgo}`),
  kind: 'sweep',
  rule,
  mode: 'enforce',
  startedAt: ago(0, hoursAgo),
  endedAt: ago(0, hoursAgo),
  ms: 812,
  notable: false,
  ...more,
});

/** Newest first: many sweeps find nothing, some erase, one stopped. */
export const runs: readonly Run[] = [
  aRun(1, 'generated-videos', { collections: [{ collection: 'generations', due: 0, erased: 0, files: 0, held: 0 }] }),
  aRun(24, 'api-logs', {
    collections: [{ collection: 'apiLogs', due: 900, erased: 0, files: 0, held: 0 }],
    stopped: 'It would touch more than half of the collection',
    notable: true,
  }),
  ...Array.from({ length: 22 }, (_, at) =>
    aRun(30 + at * 6, 'generated-videos', {
      collections: [{ collection: 'generations', due: 45, erased: 42 + at, files: 61, held: 3 }],
      notable: true,
    }),
  ),
];

const types = [
  'RightsRequestReceived',
  'RightsRequestAcknowledged',
  'IdentityChallenged',
  'IdentityConfirmed',
  'ErasurePreviewed',
  'ErasureProposed',
];
export const evidence: readonly EvidenceEntry[] = types.map((type, index) => ({
  ...stored(`e-${index}`),
  partition: '0',
  seq: 1200 + index,
  at: ago(3 - index / 2).toISOString(),
  type,
  aggregate: { kind: 'requests', id: 'r-proposed' },
  commitment: 'c',
  prev: 'p',
  hash: `${index}f3b9c1d7e5a`.repeat(5).slice(0, 64),
}));

/** As far as pages show it; the text is what was signed. */
export function receiptOf(id: string): { text: string; document: SignedDocument<ErasureReceipt> } {
  const text = `{"document":{"format":"kept-receipt/1","request":{"id":"${id}"}},"signature":{"algorithm":"Ed25519","keyId":"key-1","value":"c2ln"}}`;
  return { text, document: JSON.parse(text) };
}
