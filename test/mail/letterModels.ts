import type { LetterFrame, LetterModels } from '../../packages/core/src/engine/ports/letterModels.ts';

const frame: LetterFrame = {
  controller: { name: 'Sdance AI', contact: 'support@sdanceai.com' },
  reference: 'K-7F3A2C',
};
const staff = { service: 'sdance-ai', reference: 'K-7F3A2C', link: 'https://console.example/tickets/t1' };
const result = {
  receivedOn: '2026-03-02',
  completedOn: '2026-03-05',
  erased: [
    { label: 'generated videos', records: 3, files: 6 },
    { label: 'API logs', records: 1, files: 0 },
  ],
  kept: [
    {
      label: 'payment records',
      records: 2,
      ground: { article: 'Article 17(3)(b) GDPR', text: 'tax law makes us keep invoices for eight years' },
      until: '2035-01-01',
      detached: true,
    },
    {
      label: 'one message',
      records: 1,
      ground: { article: 'Article 17(3)(e) GDPR', text: 'it is needed for a legal claim' },
      until: null,
      detached: false,
    },
  ],
  recipientsTold: ['fal.ai'],
  othersWorks: 2,
  backupDays: 35,
};
const law = { gdpr: true, extension: null, record: null, authority: null, appeal: null, complaint: null };
const receipt = { file: 'K-7F3A2C-receipt.json', keyId: '0123456789abcdef' };

/** One full model a letter. */
export const models: LetterModels = {
  'rights-received': {
    ...frame,
    rights: ['erasure', 'access'],
    receivedOn: '2026-03-02',
    answerBy: '2026-04-01',
    signedIn: false,
  },
  'confirm-identity': {
    ...frame,
    right: 'erasure',
    receivedOn: '2026-03-02',
    link: 'https://video.example/privacy/confirm/a1b2c3',
    expiresOn: '2026-03-09',
  },
  'inquiry-received': { ...frame, receivedOn: '2026-03-02', answerBy: '2026-03-16' },
  'rights-fulfilled-erasure': { ...frame, ...result, receipt, law },
  'rights-partly-fulfilled': {
    ...frame,
    ...result,
    missing: ['Three files could not be reached. We try again every day and write to you.'],
    receipt,
    law,
  },
  'rights-refused': {
    ...frame,
    right: 'access',
    receivedOn: '2026-03-02',
    reason: 'You asked for the same copy three times this month.',
    article: 'Article 12(5) GDPR',
    until: null,
    law,
  },
  'rights-extended': {
    ...frame,
    right: 'erasure',
    receivedOn: '2026-03-02',
    reason: 'Your account holds more than 40,000 works.',
    firstAnswerBy: '2026-04-01',
    answerBy: '2026-06-02',
    law,
  },
  'support-reply': {
    ...frame,
    subjectLine: 'Credits gone',
    text: 'Hello Ann,\n\nyour credits are back.\n\nBest regards\nLee',
  },
  'child-report-received': { ...frame, receivedOn: '2026-03-02' },
  'child-report-decided': { ...frame, receivedOn: '2026-03-02' },
  'child-account-erased': {
    ...frame,
    ...result,
    missing: ['One record of the log could not be reached.'],
    receipt,
    law,
  },
  'business-transfer': {
    controller: frame.controller,
    successor: 'Video House Ltd, IE',
    notice: 'Video House Ltd takes over the service and everything that belongs to it.',
    objectBy: '2026-04-05',
    link: 'https://video.example/privacy/',
  },
  'policy-changed': {
    controller: frame.controller,
    version: 2,
    since: '2026-03-04',
    changes: ['Generations: kept at most 60 days instead of 30 days', 'New recipient: Cloudflare (Infrastructure, US)'],
    link: 'https://video.example/privacy/',
  },
  'restriction-ending': {
    controller: frame.controller,
    since: '2026-03-02',
    contested: true,
    unlawful: false,
    claims: false,
    objection: false,
    unstated: false,
    link: 'https://video.example/privacy/',
  },
  'deadline-reminder': { ...staff, dueOn: '2026-04-01', daysLeft: 3 },
  'deadline-overdue': { ...staff, dueOn: '2026-04-01', daysOver: 1 },
  'mail-unreadable-staff': {
    ...staff,
    mailbox: 'support@sdanceai.com',
    receivedOn: '2026-03-02',
    size: 48_213,
    why: 'It has neither a sender nor a text.',
  },
};
