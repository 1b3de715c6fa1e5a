import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { brokenPromises } from '../../../packages/core/src/kernel/change/brokenPromises.ts';
import { earlierPromises, withEarlier } from '../../../packages/core/src/kernel/change/earlierPromises.ts';
import type { Bounded, Keep, Policy, RetentionRule } from '../../../packages/core/src/kernel/policy/policy.ts';
import { decideRetention } from '../../../packages/core/src/kernel/retention/decideRetention.ts';

const RULE = 'generated-videos';
const CHANGED = new Date('2026-06-15T08:00:00Z');
const DAY = 86_400_000;

let pack: Policy;
beforeAll(async () => {
  const { inventory, ...rest } = await loadPack('sdance-ai');
  const collections = inventory.collections.map((one) => {
    if (one.name === 'users') return { ...one, traits: { plan: 'plan', level: 'level' } };
    return one.name === 'generations' ? { ...one, anchors: { generated: 'a', unsaved: 'b', seen: 'c' } } : one;
  });
  pack = { ...rest, inventory: { ...inventory, collections } };
});

const anchor = fc.constantFrom('generated', 'unsaved', 'seen');
const period = fc.constantFrom('P5D', 'P1M', 'P30D', 'P31D', 'P60D', 'P1Y');
const bounded = (periods: fc.Arbitrary<string>, since: fc.Arbitrary<string> = anchor): fc.Arbitrary<Bounded> =>
  fc.record({ since, keep: periods, from: fc.constant('operator' as const) });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const from = 'operator' as const;
const keep: fc.Arbitrary<Keep> = fc.oneof(
  period.map((atMost) => ({ atMost, from })),
  period.map((atMost) => ({ atMost, fromEndOf: 'year' as const, from })),
  fc.constantFrom('P5D', 'P30D').map((atLeast) => ({ atMost: 'P1Y', atLeast, from })),
  period.map((atLeast) => ({ atLeast, from })),
);
const tiers = fc.record({
  of: fc.constantFrom('plan', 'level'),
  atMost: fc.dictionary(fc.constantFrom('pro', 'plus'), period),
  from: fc.constant(from),
  grace: maybe(bounded(fc.constantFrom('P3D', 'P90D'), fc.constantFrom('downgraded', 'moved'))),
});
/** What a rule of a pack that compiles may say. */
const rules = fc
  .record({
    ...{ keep, since: anchor, unless: fc.constantFrom(undefined, 'saved') },
    ...{ grace: maybe(bounded(fc.constantFrom('P3D', 'P7D'))), otherwise: maybe(bounded(period)), tiers: maybe(tiers) },
    openEnded: fc.boolean(),
  })
  .map(({ unless, grace, otherwise, tiers: byTier, ...rule }) => ({
    ...rule,
    ...(unless && { unless, ...(grace && { grace }) }),
    ...(rule.keep.atMost && { ...(otherwise && { otherwise }), ...(byTier && { tiers: byTier }) }),
  }));

function withRule(version: number, said: object): Policy {
  const retention = pack.retention.map((rule): RetentionRule => {
    const { id, covers, clause, then, onErasure } = rule;
    return id === RULE ? ({ id, covers, clause, then, onErasure, ...said } as RetentionRule) : rule;
  });
  return { ...pack, version, retention };
}

const date = maybe(fc.integer({ min: 1, max: 700 }).map((days) => new Date(CHANGED.getTime() - days * DAY)));
const records = fc.record({
  anchors: fc.record({ generated: date, unsaved: date, seen: date }),
  owner: fc.record({ downgraded: date, moved: date }),
  tier: fc.constantFrom('pro', 'plus', 'other'),
  predicates: fc.record({ saved: fc.boolean() }),
});

test('whatever versions follow each other, what was collected before ends no later than any of them promised', () => {
  let taken = 0;
  fc.assert(
    fc.property(fc.array(rules, { minLength: 2, maxLength: 4 }), records, (said, facts) => {
      const ends = (policy: Policy): number => {
        const { dueAt } = decideRetention(policy, { ...facts, collection: 'generations' }, [], CHANGED);
        return dueAt?.getTime() ?? Number.POSITIVE_INFINITY;
      };
      const [first, ...later] = said.map((each, index) => withRule(index + 1, each));
      let current = first ?? pack;
      const promised = [current];
      for (const next of later) {
        if (brokenPromises(current, next).length > 0) continue;
        current = withEarlier(next, earlierPromises(current, next, CHANGED));
        promised.push(next);
        taken += 1;
      }
      const ceilings = promised.filter(({ retention }) => retention.find(({ id }) => id === RULE)?.keep.atMost);
      expect(ends(current)).toBeLessThanOrEqual(Math.min(...ceilings.map(ends)));
    }),
    { numRuns: 1_500 },
  );
  expect(taken).toBeGreaterThan(500);
});
