import { describe, expect, test } from '@jest/globals';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { decide } from '../../../packages/core/src/kernel/decide/decide.ts';
import type { Facts } from '../../../packages/core/src/kernel/decision.ts';
import { covers } from '../../../packages/core/src/kernel/policy/vocabulary.ts';
import { packs } from '../../policies/packs.ts';
import { type Edit, policyWith } from './editedPack.ts';
import { refusals } from './refusals.ts';

const buyer: Edit = ['label: Creem\n    kind: payment-processor', 'label: Creem\n    kind: buyer'];
const advertiser: Edit = ['label: Creem\n    kind: payment-processor', 'label: Creem\n    kind: advertiser'];
const unforbidden: Edit = [
  '    purposes: [sale, marketing.third-party]\n    recipientKinds: [buyer, advertiser]',
  '    recipientKinds: [infrastructure.hosting]',
];
const selling: readonly Edit[] = [
  ['  business-transfer:\n    label', '  sale:\n    label'],
  ['purposes.business-transfer]', 'purposes.sale]'],
  ['purposes: [business-transfer]', 'purposes: [legal.claims]'],
];

describe('a policy that provides for a sale and has no rule against it', () => {
  refusals([
    [
      'a buyer',
      { policy: [buyer, unforbidden] },
      'SALE_PROVIDED_FOR',
      /"creem" is a sale/,
      /recipientKinds: \[buyer\]/,
    ],
    ['an advertiser', { policy: [advertiser, unforbidden] }, 'SALE_PROVIDED_FOR', /"creem" is a sale/, /remove it/],
    ['a sale', { policy: [...selling, unforbidden] }, 'SALE_PROVIDED_FOR', /"sale" is a sale/, /purposes: \[sale\]/],
  ]);

  test('loads where a rule forbids it, and then every decision denies it', () => {
    expect(() => policyWith(buyer)).not.toThrow();
    expect(() => policyWith(unforbidden)).not.toThrow();
  });
});

test.each(packs)('%s: whoever buys and whatever a sale is called, nothing goes for any category', async (name) => {
  const policy = await loadPack(name);
  const nobody: Facts = { consents: [], objections: [], restricted: false, held: false };
  const sales = policy.vocabulary.purposes.filter(({ name: word }) =>
    ['sale', 'marketing.third-party'].some((sale) => covers(sale, word)),
  );
  expect(sales.length).toBeGreaterThan(1);
  for (const { name: purpose } of sales) {
    for (const { name: category } of policy.vocabulary.categories) {
      for (const recipient of [undefined, ...policy.recipients.map((each) => each.name)]) {
        const question = { purpose, category, reference: 'any', generation: 'g', ...(recipient && { recipient }) };
        expect([
          purpose,
          category,
          recipient,
          decide(policy, nobody, question, new Date('2026-03-02')).outcome,
        ]).toEqual([purpose, category, recipient, 'forbidden']);
      }
    }
  }
});
