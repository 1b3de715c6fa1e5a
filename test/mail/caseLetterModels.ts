import type { CaseLetters } from '../../packages/core/src/engine/ports/caseLetters.ts';
import type { LetterFrame } from '../../packages/core/src/engine/ports/letterModels.ts';

const frame: LetterFrame = {
  controller: { name: 'Sdance AI', contact: 'support@sdanceai.com' },
  reference: 'K-7F3A2C',
};
const law = { gdpr: true, extension: null, record: null, authority: null, appeal: null, complaint: null };

const receipt = { file: 'K-7F3A2C-receipt.json', keyId: '0123456789abcdef' };

/** One full model for each letter of the less usual cases. */
export const caseLetterModels: CaseLetters = {
  'confirm-address': {
    ...frame,
    rights: ['access'],
    receivedOn: '2026-03-02',
    link: 'https://video.example/privacy/confirm/a1b2c3',
    expiresOn: '2026-03-09',
  },
  'confirm-mandate': {
    ...frame,
    rights: ['erasure'],
    receivedOn: '2026-03-02',
    link: 'https://video.example/privacy/confirm/a1b2c3',
    expiresOn: '2026-03-09',
    agent: 'requests@agency.example',
  },
  'rights-nothing-found': { ...frame, right: 'access', receivedOn: '2026-03-02', elsewhere: false, law, receipt },
  'agent-received': { ...frame, rights: ['erasure'], receivedOn: '2026-03-02', answerBy: '2026-04-01' },
  'agent-answered': { ...frame, right: 'erasure', receivedOn: '2026-03-02' },
  'pictured-report-received': { ...frame, receivedOn: '2026-03-02', answerBy: '2026-04-01' },
  'pictured-report-decided': {
    ...frame,
    receipt,
    receivedOn: '2026-03-02',
    takenDown: false,
    covered: false,
    missing: ['One of the files is part of other records too, which are not decided.'],
    refusal: { reason: 'Nobody can be recognised in it.', article: 'Article 11(2) GDPR' },
    law,
  },
  'content-decided': {
    controller: frame.controller,
    label: 'Generated videos',
    record: '65f0c1d2e3a4b5c6d7e8f901',
    on: '2026-03-05',
    covered: true,
    article: 'Article 17(1)(d) GDPR',
  },
  'complaint-decided': {
    ...frame,
    receipt,
    receivedOn: '2026-03-02',
    upheld: true,
    reason: 'We had looked under the wrong address.',
    contested: 'access',
    law,
  },
  'appeal-decided': {
    ...frame,
    receipt,
    receivedOn: '2026-03-02',
    upheld: true,
    reason: 'The invoices were older than we said.',
    contested: 'erasure',
    law: { ...law, gdpr: false, authority: 'the attorney general of the state where you live' },
  },
};
