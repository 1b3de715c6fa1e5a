import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import type { AnswerReceipt } from '../../../packages/core/src/kernel/evidence/answerReceipt.ts';
import {
  type ChainedEvidence,
  chainEvidence,
  type EvidenceEvent,
  GENESIS,
} from '../../../packages/core/src/kernel/evidence/chain.ts';
import type { ErasureReceipt } from '../../../packages/core/src/kernel/evidence/receipt.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

export function someEvents(count: number): EvidenceEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `event-${index}`,
    partition: 'sdance-ai',
    at: `2026-03-02T10:00:0${index % 10}.000Z`,
    type: index % 2 === 0 ? 'RequestReceived' : 'Überprüft "zitiert"',
    aggregate: { kind: 'request', id: `request-${index % 3}` },
    commitment: sha256(String(index)),
  }));
}

export const someChain = (count: number): ChainedEvidence[] => chainEvidence(GENESIS, someEvents(count), sha256);

export interface SigningKey {
  keyId: string;
  publicKey: string;
  sign: (text: string) => string;
}

export function newKey(keyId: string): SigningKey {
  const pair: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ed25519');
  return {
    keyId,
    publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), pair.privateKey).toString('base64url'),
  };
}

export function verifySignature(publicKey: string, text: string, signature: string): boolean {
  return verify(null, Buffer.from(text, 'utf8'), createPublicKey(publicKey), Buffer.from(signature, 'base64url'));
}

export const receipt: ErasureReceipt = {
  format: 'kept-receipt/1',
  service: 'sdance-ai',
  controller: { name: 'Sdance AI', contact: 'support@example.com' },
  request: { id: 'R-1', right: 'erasure', regime: 'eu-gdpr', receivedAt: '2026-03-02T09:00:00.000Z' },
  identity: { confirmedAt: '2026-03-02T11:00:00.000Z', how: 'link' },
  plan: { hash: sha256('plan'), at: '2026-03-03T08:00:00.000Z' },
  policy: { pack: 'sdance-ai', version: 1, hash: sha256('policy') },
  startedAt: '2026-03-03T09:00:00.000Z',
  endedAt: '2026-03-03T09:00:02.000Z',
  lines: [
    {
      collection: 'generations',
      category: 'generation.output',
      action: 'erase',
      found: 12,
      done: 12,
      left: 0,
      files: { found: 24, done: 24 },
      rule: 'retention.generated-videos',
      clause: 'sdance-ai.right.deletion',
    },
    {
      collection: 'payments',
      category: 'billing.payment',
      action: 'detach',
      found: 3,
      done: 3,
      left: 0,
      files: { found: 0, done: 0 },
      ground: { article: 'Art 17(3)(b)', text: 'Kept for tax law, without the person' },
      until: '2035-01-01',
      rule: 'retention.payments',
    },
  ],
  residue: { lookedAt: '2026-03-03T09:01:00.000Z', found: 0 },
  approvals: [{ role: 'lead', staff: 'S-2', at: '2026-03-03T08:30:00.000Z' }],
  evidence: { partition: 'sdance-ai', seq: 41, hash: sha256('head') },
  notClaimed: ['Backups hold the data until they are overwritten, at most 35 days from now – ünd nicht länger.'],
};

/** Of a correction that came out in part. */
export const answer: AnswerReceipt = {
  format: 'kept-answer/1',
  service: 'sdance-ai',
  controller: { name: 'Sdance AI', contact: 'support@example.com' },
  request: {
    id: 'R-2',
    number: 'K-7F3A2C',
    right: 'rectification',
    regime: 'eu-gdpr',
    receivedAt: '2026-03-02T09:00:00.000Z',
  },
  identity: { confirmedAt: '2026-03-02T11:00:00.000Z', how: 'link' },
  decision: { at: '2026-03-03T08:00:00.000Z', role: 'agent', staff: 'staff-1' },
  policy: { pack: 'sdance-ai', version: 1, hash: sha256('policy') },
  startedAt: '2026-03-03T09:00:00.000Z',
  endedAt: '2026-03-03T09:00:02.000Z',
  outcome: 'partly-fulfilled',
  claims: [
    { what: 'corrected', places: [{ category: 'account.profile', collection: 'users', field: 'name', records: 1 }] },
  ],
  missing: ['The new address was not confirmed by the link that we sent there. The old one stays.'],
  recipients: [{ name: 'fal.ai', state: 'sent' }],
  readBackAt: '2026-03-03T09:00:03.000Z',
  evidence: { partition: 'main', seq: 7, hash: sha256('head') },
  notClaimed: [],
};
