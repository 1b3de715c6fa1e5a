import { expect, test } from '@jest/globals';
import { diffPolicies } from '../../../packages/core/src/kernel/change/diffPolicies.ts';
import type { Policy, RetentionRule } from '../../../packages/core/src/kernel/policy/policy.ts';
import { policyWith } from '../policy/editedPack.ts';

const before = policyWith();

test('a flag that takes the place of another loosens where its silence is a yes: a no to the first would be lost', () => {
  const [training] = before.consents;
  if (!training) throw new Error('the pack asks for nothing');
  const asking = (flag: string, givenIn: readonly string[]): Policy => ({
    ...before,
    consents: [
      { ...training, flag, givenIn, asks: givenIn.length > 0 ? 'opt-out' : 'opt-in' },
      ...before.consents.slice(1),
    ],
  });
  const directions = (givenIn: readonly string[]): string[] =>
    diffPolicies(asking('training', givenIn), asking('learning', givenIn)).map(({ direction }) => direction);
  expect(directions([])).toEqual(['neither', 'neither']);
  expect(directions(['us-va'])).toEqual(['loosens', 'loosens']);
});

test('a period without a ceiling ends at its floor: whatever moves that end, or takes its place later, loosens', () => {
  const keeping = (keep: Partial<RetentionRule['keep']>): Policy => ({
    ...before,
    retention: before.retention.map((rule) =>
      rule.id === 'payments' ? { ...rule, keep: { ...rule.keep, ...keep } } : rule,
    ),
  });
  const directions = (keep: Partial<RetentionRule['keep']>): string[] =>
    diffPolicies(before, keeping(keep)).map(({ direction }) => direction);
  expect(directions({ atLeast: 'P10Y' })).toEqual(['loosens']);
  expect(directions({ atLeast: 'P6Y' })).toEqual(['loosens']);
  expect(directions({ atMost: 'P10Y' })).toEqual(['loosens']);
  expect(directions({ atMost: 'P8Y' })).toEqual(['tightens']);
});

test('a period in days counts from the minute, one that counts from the day is shorter by up to a day', () => {
  const keeping = (keep: Partial<RetentionRule['keep']>): Policy => ({
    ...before,
    retention: before.retention.map((rule) =>
      rule.id === 'api-logs' ? { ...rule, keep: { ...rule.keep, ...keep } } : rule,
    ),
  });
  const fromYear = keeping({ atMost: 'P30D', fromEndOf: 'year' });
  expect(diffPolicies(fromYear, keeping({ atMost: 'P31D' })).map(({ direction }) => direction)).toEqual(['loosens']);
});
