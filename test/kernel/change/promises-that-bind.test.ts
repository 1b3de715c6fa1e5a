import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { brokenPromises } from '../../../packages/core/src/kernel/change/brokenPromises.ts';
import { decideAsPromised, promiseOf } from '../../../packages/core/src/kernel/change/decideAsPromised.ts';
import { earlierPromises, withEarlier } from '../../../packages/core/src/kernel/change/earlierPromises.ts';
import { flippedDecisions, neutral, questionGrid } from '../../../packages/core/src/kernel/change/flippedDecisions.ts';
import { decide } from '../../../packages/core/src/kernel/decide/decide.ts';
import type { Policy, RetentionRule } from '../../../packages/core/src/kernel/policy/policy.ts';

const NOW = new Date('2026-03-03T08:00:00Z');
let first: Policy;

beforeAll(async () => {
  first = await loadPack('sdance-ai');
});

/** The policy with some of its retention rules changed, taken out (undefined) or added. */
function withRules(policy: Policy, rules: Readonly<Record<string, Partial<RetentionRule> | undefined>>): Policy {
  const kept = policy.retention.flatMap((rule) => {
    if (!(rule.id in rules)) return [rule];
    return rules[rule.id] === undefined ? [] : [{ ...rule, ...rules[rule.id] }];
  });
  const ids = kept.map(({ id }) => id);
  const added = Object.entries(rules).flatMap(([id, rule]) => (rule && !ids.includes(id) ? [{ id, ...rule }] : []));
  return { ...policy, version: policy.version + 1, retention: [...kept, ...(added as RetentionRule[])] };
}
const atMost = (period: string): Partial<RetentionRule> => ({ keep: { atMost: period, from: 'notice' } });

describe('what a looser period takes along of earlier ones', () => {
  test('is every stricter reading, with the version that promised it and until when', () => {
    const second = withRules(first, { 'generated-videos': atMost('P60D') });
    const earlier = earlierPromises(first, second, NOW);
    const promise = { version: 1, before: NOW.toISOString(), tiers: null, otherwise: null };
    expect(earlier).toEqual({ 'generated-videos': [{ ...promise, keep: { atMost: 'P30D', from: 'notice' } }] });

    const third = withRules(second, { 'generated-videos': atMost('P90D') });
    const later = new Date('2026-06-01T00:00:00Z');
    const both = earlierPromises(withEarlier(second, earlier), third, later)['generated-videos'];
    expect(both?.map(({ version, keep }) => [version, keep.atMost])).toEqual([
      [1, 'P30D'],
      [2, 'P60D'],
    ]);
  });

  test('is nothing where the period is shortened again, and only what is stricter where it is shortened in part', () => {
    const second = withEarlier(...carried(first, withRules(first, { 'generated-videos': atMost('P60D') })));
    expect(earlierPromises(second, withRules(second, { 'generated-videos': atMost('P20D') }), NOW)).toEqual({});
    const part = earlierPromises(second, withRules(second, { 'generated-videos': atMost('P45D') }), NOW);
    expect(part['generated-videos']?.map(({ keep }) => keep.atMost)).toEqual(['P30D']);
  });

  test('follows a rule that takes another name, where it takes the place of one rule alone', () => {
    const { id: _, ...rule } = ruleOf('generated-videos');
    const { inventory, ...rules } = withRules(first, {
      'generated-videos': undefined,
      creations: { ...rule, ...atMost('P60D') },
    });
    const collections = inventory.collections.map((one) =>
      one.name === 'generations' ? { ...one, retention: 'creations' } : one,
    );
    const renamed = { ...rules, inventory: { ...inventory, collections } };
    expect(earlierPromises(first, renamed, NOW)).toMatchObject({ creations: [{ keep: { atMost: 'P30D' } }] });
    expect(brokenPromises(first, renamed)).toEqual([]);
  });

  test('cannot be kept where a rule is gone, or what it covered goes to one that lasts longer', () => {
    const ids = (after: Policy): string[] => brokenPromises(first, after).map(({ id }) => id);
    expect(ids(withRules(first, { 'generated-videos': undefined }))).toEqual(['generated-videos']);
    const moved = {
      sessions: { covers: ruleOf('sessions').covers.filter((word) => word !== 'usage') },
      support: { covers: ['support', 'usage'] },
    };
    expect(ids(withRules(first, moved))).toEqual(['sessions']);
    expect(ids(withRules(first, { 'generated-videos': atMost('P90D') }))).toEqual([]);
  });

  test('counts from its own date where the rule counts from another now, while the inventory still has it', () => {
    const byUnsaving = withRules(first, { 'generated-videos': { since: 'unsaved' } });
    const [promise] = earlierPromises(first, byUnsaving, NOW)['generated-videos'] ?? [];
    expect(promise).toMatchObject({ since: 'generated', keep: { atMost: 'P30D' } });
    expect(brokenPromises(first, byUnsaving)).toEqual([]);

    const collections = first.inventory.collections.map((one) =>
      one.name === 'generations' ? { ...one, anchors: { unsaved: 'unsavedAt' } } : one,
    );
    const undated = { ...byUnsaving, inventory: { ...first.inventory, collections } };
    expect(brokenPromises(first, undated).map(({ id }) => id)).toEqual(['generated-videos']);
  });

  test('cannot be kept where something lifts records now that nothing lifted then, or gives them more time', () => {
    const ids = (after: Policy): string[] => brokenPromises(first, after).map(({ id }) => id);
    expect(ids(withRules(first, { 'generated-videos': { unless: 'pinned' } }))).toEqual(['generated-videos']);
    const grace = { since: 'unsaved', keep: 'P9D', from: 'operator' as const };
    expect(ids(withRules(first, { 'generated-videos': { grace } }))).toEqual(['generated-videos']);
    expect(ids(withRules(first, { 'generated-videos': { grace: { ...grace, keep: 'P5D' } } }))).toEqual([]);
  });
});

function ruleOf(id: string): RetentionRule {
  const rule = first.retention.find((one) => one.id === id);
  if (!rule) throw new Error(`No rule ${id}`);
  return rule;
}
function carried(before: Policy, after: Policy): [Policy, ReturnType<typeof earlierPromises>] {
  return [after, earlierPromises(before, after, NOW)];
}

describe('decisions under several versions', () => {
  const rank = ['forbidden', 'undetermined', 'permitted'];

  test('are never more open than any version that binds', () => {
    const names = fc.subarray(first.recipients.map(({ name }) => name));
    fc.assert(
      fc.property(names, fc.boolean(), fc.nat(), (trains, collects, which) => {
        const other: Policy = {
          ...first,
          version: 2,
          recipients: first.recipients.map((one) => ({ ...one, trainsOnData: trains.includes(one.name) })),
          purposes: collects ? first.purposes : first.purposes.slice(3),
        };
        const grid = questionGrid(first, other);
        const question = grid[which % grid.length] ?? { purpose: 'training', category: 'generation' };
        for (const [now, before] of [
          [first, other],
          [other, first],
        ] as const) {
          const promised = [{ version: before.version, policy: promiseOf(before, now) }];
          const both = decideAsPromised(now, promised, neutral, question, NOW);
          const least = Math.min(
            ...[now, before].map((one) => rank.indexOf(decide(one, neutral, question, NOW).outcome)),
          );
          expect(both.outcome).toBe(rank[least]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('name a recipient as it was: one that went abroad since, or keeps longer what it gets, is not the one that was named', () => {
    const prompt = {
      purpose: 'service.generation',
      category: 'generation.prompt',
      recipient: 'fal-ai',
      generation: 'g1',
    } as const;
    const asked = (change: Partial<Policy['recipients'][number]>): string => {
      const recipients = first.recipients.map((one) => (one.name === 'fal-ai' ? { ...one, ...change } : one));
      const second = { ...first, version: 2, recipients };
      const promised = [{ version: 1, policy: promiseOf(first, second) }];
      expect(decide(second, neutral, prompt, NOW).outcome).toBe('permitted');
      return decideAsPromised(second, promised, neutral, prompt, NOW).outcome;
    };
    expect(asked({})).toBe('permitted');
    expect([asked({ country: 'FR' }), asked({ country: 'SG' })]).toEqual(['permitted', 'forbidden']);
    const keeps = (period: string): object => ({ keeps: { period, from: 'operator' } });
    expect([asked(keeps('P20D')), asked(keeps('P1Y'))]).toEqual(['permitted', 'forbidden']);
    const { agreement: _, ...bare } = first.recipients.find(({ name }) => name === 'fal-ai') ?? {};
    expect(asked({ ...bare, agreement: undefined, needsAgreement: false } as object)).toBe('forbidden');
  });

  test('flip nowhere between a version and itself, and back again where they flipped', () => {
    const open: Policy = { ...first, consents: [] };
    const grid = questionGrid(first, open);
    expect(flippedDecisions(first, first, grid, neutral, NOW)).toEqual([]);
    const there = flippedDecisions(first, open, grid, neutral, NOW);
    const back = flippedDecisions(open, first, grid, neutral, NOW);
    expect(there.length).toBeGreaterThan(0);
    const swapped = back.map(({ before, after, rule: _, ...rest }) => ({ ...rest, before: after, after: before }));
    expect(swapped).toEqual(there.map(({ rule: _, ...rest }) => rest));
  });
});
