import { beforeAll, expect, test } from '@jest/globals';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { diffPolicies } from '../../../packages/core/src/kernel/change/diffPolicies.ts';
import type { EgressRule } from '../../../packages/core/src/kernel/policy/egressRule.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';

let first: Policy;
beforeAll(async () => {
  first = await loadPack('sdance-ai');
});

function under(change: Partial<EgressRule> | undefined): Policy {
  const { egress: _, ...inventory } = first.inventory;
  const [rule] = first.inventory.egress ?? [];
  return { ...first, inventory: { ...inventory, ...(change && rule && { egress: [{ ...rule, ...change }] }) } };
}

const field = { path: 'title', category: 'generation.prompt' };

test.each<[string, Partial<EgressRule> | undefined, Partial<EgressRule> | undefined, string, string]>([
  ['a field may newly leave', { fields: [] }, { fields: [field] }, 'loosens', 'title may leave'],
  ['a field stays', { fields: [field] }, { fields: [] }, 'neither', 'is described differently'],
  [
    'a file leaves as it is',
    { fields: [{ ...field, media: 'bytes' }] },
    { fields: [field] },
    'loosens',
    'title may leave in another form',
  ],
  ['another host', { hosts: ['a.test'] }, { hosts: ['a.test', 'b.test'] }, 'loosens', 'may be sent to b.test'],
  [
    'personal values stop nothing',
    { onPersonal: 'refuse' },
    { onPersonal: 'strip' },
    'loosens',
    'personal values stop nothing any more',
  ],
  [
    'unlisted fields stop nothing',
    { onUnlisted: 'refuse' },
    { onUnlisted: 'strip' },
    'loosens',
    'fields that are not listed stop nothing any more',
  ],
  ['personal values stop it', { onPersonal: 'strip' }, { onPersonal: 'refuse' }, 'neither', 'is described differently'],
  ['a recipient is new', undefined, { fields: [field] }, 'loosens', 'title may leave'],
  ['a recipient gets nothing any more', { fields: [field] }, undefined, 'neither', 'is gone'],
])('%s', (_what, before, after, direction, text) => {
  expect(diffPolicies(under(before), under(after))).toEqual([
    expect.objectContaining({ rule: 'inventory.egress.fal-ai', direction, text: `Inventory, fal-ai: ${text}` }),
  ]);
});
