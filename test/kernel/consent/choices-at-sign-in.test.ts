import { expect, test } from '@jest/globals';
import { loadPack } from '../../../packages/core/src/index.ts';
import { takenOver } from '../../../packages/core/src/kernel/consent/takenOver.ts';

const at = new Date('2026-03-03T08:00:00Z');
const policy = await loadPack('sdance-ai');
const nothing = { consents: [], objections: [] };

test('a choice of which the policy no longer speaks is taken over by nobody, and stops no others', () => {
  const known = { flag: 'analytics-cookies', what: 'withdrawn', at } as const;
  const choices = [{ flag: 'earlier-cookies', what: 'given', at } as const, known];
  expect(takenOver(policy, nothing, choices, false)).toEqual([known]);
});
