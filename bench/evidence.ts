import { hash } from 'node:crypto';
import { chainEvidence, type EvidenceEvent, GENESIS, verifyChain } from '../packages/core/src/kernel/evidence/chain.ts';
import { compare } from './ratio.ts';

const COUNT = 20_000;
const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** Chaining and checking, against writing the same entries as plain JSON. */
export async function benchEvidence(): Promise<void> {
  const events: EvidenceEvent[] = Array.from({ length: COUNT }, (_, n) => ({
    id: `event-${n}`,
    partition: 'main',
    at: '2026-03-03T08:00:00.000Z',
    type: 'UnitDone',
    aggregate: { kind: 'units', id: `unit-${n}` },
    commitment: sha256(String(n)),
  }));
  const chain = chainEvidence(GENESIS, events, sha256);
  await compare('Evidence', 'entries', [
    {
      name: 'JSON.stringify alone, the limit',
      run: () => events.reduce((sum, each) => sum + (JSON.stringify(each) ? 1 : 0), 0),
    },
    { name: 'chainEvidence', run: () => chainEvidence(GENESIS, events, sha256).length },
    { name: 'verifyChain', run: () => (verifyChain(chain, sha256).ok ? COUNT : 0) },
  ]);
}
