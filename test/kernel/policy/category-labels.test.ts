import { expect, test } from '@jest/globals';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { categoryLabel } from '../../../packages/core/src/kernel/policy/categoryLabel.ts';

const policy = await loadPack('sdance-ai');

test.each([
  [['generation.prompt', 'generation.output'], 'Generations'],
  [['account.contact', 'account.profile', 'account.age'], 'Account'],
  [['credit.balance'], 'Credits bought and used'],
  [['log.network', 'usage'], 'Logs and devices, Use of the service'],
])('people read what %j are together', (names, label) => {
  expect(categoryLabel(policy, names)).toBe(label);
});
