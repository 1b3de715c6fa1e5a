import { beforeAll, expect, test } from '@jest/globals';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { brokenPromises } from '../../../packages/core/src/kernel/change/brokenPromises.ts';
import { earlierPromises, withEarlier } from '../../../packages/core/src/kernel/change/earlierPromises.ts';
import type { Collection } from '../../../packages/core/src/kernel/policy/inventory.ts';
import type { Policy, RetentionRule } from '../../../packages/core/src/kernel/policy/policy.ts';

const NOW = new Date('2026-03-03T08:00:00Z');
let first: Policy;
let gallery: Policy;

beforeAll(async () => {
  first = await loadPack('sdance-ai');
  gallery = withCollections(
    withRule(first, 'generated-videos', { tiers: { of: 'plan', atMost: { pro: 'P90D' }, from: 'notice' } }),
    'users',
    { traits: { plan: 'plan', level: 'level' } },
  );
});

function withRule(policy: Policy, id: string, change: Partial<RetentionRule>): Policy {
  const retention = policy.retention.map((rule) => (rule.id === id ? { ...rule, ...change } : rule));
  return { ...policy, version: policy.version + 1, retention };
}

function withoutRule(policy: Policy, id: string): Policy {
  return { ...policy, retention: policy.retention.filter((rule) => rule.id !== id) };
}

function withCollections(policy: Policy, name: string, change: Partial<Collection>): Policy {
  const collections = policy.inventory.collections.map((one) => (one.name === name ? { ...one, ...change } : one));
  return { ...policy, inventory: { ...policy.inventory, collections } };
}

function next(before: Policy, after: Policy): Policy {
  return withEarlier(after, earlierPromises(before, after, NOW));
}

const broken = (before: Policy, after: Policy): string[] => brokenPromises(before, after).map(({ id }) => id);
const atMost = (period: string): Partial<RetentionRule> => ({ keep: { atMost: period, from: 'notice' } });
const ground = { article: 'Art 17(3)(b) GDPR', text: 'the law asks for it' };

test('what goes with an erasure is not left by one later, unless a statute asks for it now', () => {
  const left = { onErasure: 'detach', ground } as const;
  expect(broken(first, withRule(first, 'api-logs', left))).toEqual(['api-logs']);
  const keep = { atLeast: 'P90D', from: 'statute', source: '§1' } as const;
  expect(broken(first, withRule(first, 'api-logs', { ...left, keep: { ...keep, atMost: 'P90D' } }))).toEqual([]);
});

test('a rule that leaves some records alone does not carry the promise of one that ended all', () => {
  const merged = (more: Partial<RetentionRule>): Policy =>
    withCollections(
      withRule(withoutRule(first, 'api-logs'), 'sessions', {
        covers: ['log', 'usage'],
        since: 'logged',
        ...more,
      }),
      'apiLogs',
      { retention: 'sessions' },
    );
  expect(broken(first, merged({}))).not.toContain('api-logs');
  expect(broken(first, merged({ unless: 'pinned' }))).toContain('api-logs');
});

test('records under another word stay under their promise', () => {
  const renamed: Policy = {
    ...withRule(withRule(first, 'api-logs', { covers: [] }), 'payments', { covers: ['payment', 'trace'] }),
    categories: first.categories.map((one) => (one.name.startsWith('log.') ? { ...one, name: 'trace' } : one)),
  };
  expect(broken(first, withCollections(renamed, 'apiLogs', { retention: 'payments' }))).toContain('api-logs');
  expect(broken(first, withCollections(first, 'apiLogs', { follows: 'users' }))).toEqual(['api-logs']);
  expect(broken(first, withCollections(first, 'apiKeys', { follows: 'users' }))).toEqual([]);
});

test('a field that was to be taken out early is taken out under another word too', () => {
  // biome-ignore lint/suspicious/noThenProperty: the word of the policy file; never awaited.
  const errors: RetentionRule = { ...ruleOf('api-logs'), id: 'errors', covers: ['log.error'], then: 'redact' };
  const redacting = withCollections({ ...first, retention: [...first.retention, errors] }, 'apiLogs', {
    redactions: [{ rule: 'errors', fields: ['status', 'error'] }],
  });
  const fields = (...paths: string[]): Partial<Collection> => ({ redactions: [{ rule: 'errors', fields: paths }] });
  const there = redacting.inventory.collections.find(({ name }) => name === 'apiLogs')?.fields.map(({ path }) => path);
  expect(there).toContain('status');
  expect(broken(redacting, withCollections(redacting, 'apiLogs', fields('error')))).toEqual(['errors']);
  expect(broken(redacting, withCollections(redacting, 'apiLogs', fields('status')))).toEqual([]);
});

test('tiers of another trait cannot carry those of the first: an owner is asked for one', () => {
  const byLevel = { of: 'level', atMost: { pro: 'P99D' }, from: 'notice' } as const;
  expect(broken(gallery, withRule(gallery, 'generated-videos', { tiers: byLevel }))).toEqual(['generated-videos']);
  expect(broken(gallery, withRule(gallery, 'generated-videos', { tiers: { ...byLevel, of: 'plan' } }))).toEqual([]);
});

test('what the version before carried of earlier ones binds its successor as well', () => {
  const second = next(first, withRule(first, 'api-logs', atMost('P1Y')));
  const moved = withCollections(
    withRule(withoutRule(second, 'api-logs'), 'sessions', {
      covers: ['log', 'usage'],
      since: 'logged',
      ...atMost('P200D'),
    }),
    'apiLogs',
    { retention: 'sessions' },
  );
  expect(broken(second, moved)).toContain('api-logs');

  const later = next(first, withRule(first, 'generated-videos', { since: 'unsaved' }));
  const undated = withCollections(later, 'generations', { anchors: { unsaved: 'unsavedAt' } });
  expect(broken(later, undated)).toEqual(['generated-videos']);
});

function ruleOf(id: string): RetentionRule {
  const rule = first.retention.find((one) => one.id === id);
  if (!rule) throw new Error(`No rule ${id}`);
  return rule;
}
