import { describe, expect, test } from '@jest/globals';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { decide } from '../../../packages/core/src/kernel/decide/decide.ts';
import type { ConsentEvent, Decision } from '../../../packages/core/src/kernel/decision.ts';

const policy = await loadPack('sdance-ai');
const NOW = new Date('2026-03-20T12:00:00Z');
const given: ConsentEvent = { flag: 'training', what: 'given', at: new Date('2026-03-01T08:00:00Z') };

function improving(category: string, consents: readonly ConsentEvent[] = []): Decision {
  const facts = { consents, objections: [], restricted: false, held: false };
  return decide(policy, facts, { purpose: 'improvement', category }, NOW);
}

describe('sdance-ai.purpose.improvement: improving the service', () => {
  test.each(['usage', 'log.api', 'log.error', 'log.performance'])('is allowed on %s', (category) => {
    const { outcome, because } = improving(category);
    expect(outcome).toBe('permitted');
    expect(because.map(({ clause }) => clause)).toContain('sdance-ai.purpose.improvement');
  });

  test.each(['generation.prompt', 'generation.reference', 'generation.output'])(
    'with %s is training: denied until there is an explicit yes, and again after it is taken back',
    (category) => {
      expect(improving(category)).toMatchObject({
        outcome: 'forbidden',
        because: [{ clause: 'sdance-ai.never.training-without-consent' }],
      });
      expect(improving(category, [given]).outcome).toBe('permitted');
      const withdrawn: ConsentEvent = { ...given, what: 'withdrawn', at: new Date('2026-03-10T08:00:00Z') };
      expect(improving(category, [given, withdrawn]).outcome).toBe('forbidden');
    },
  );

  test('never reaches who somebody is', () => {
    expect(improving('account.contact', [given]).outcome).toBe('forbidden');
  });
});
