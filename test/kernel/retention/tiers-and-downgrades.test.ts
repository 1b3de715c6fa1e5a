import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RetentionRecord } from '../../../packages/core/src/kernel/decision.ts';
import type { RetentionRule } from '../../../packages/core/src/kernel/policy/policy.ts';
import { decideRetention } from '../../../packages/core/src/kernel/retention/decideRetention.ts';
import { dueAt } from '../../../packages/core/src/kernel/retention/dueAt.ts';
import { endOf } from '../../../packages/core/src/kernel/retention/endOf.ts';
import { isOver } from '../../../packages/core/src/kernel/retention/isOver.ts';
import type { RecordFacts } from '../../../packages/core/src/kernel/retention/recordLimit.ts';
import { ruleOf, tiered } from './variedPolicies.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const GENERATED = new Date('2026-01-31T22:30:00Z');
const on = (days: number, ms = 0): Date => new Date(GENERATED.getTime() + days * DAY + ms);
const rule = ruleOf(tiered, 'generated-videos');

const video = (tier?: string, downgraded?: Date): RetentionRecord => ({
  collection: 'generations',
  anchors: { generated: GENERATED },
  predicates: { saved: false },
  ...(tier !== undefined && { tier }),
  owner: { downgraded },
});
const dueOf = (tier?: string, downgraded?: Date): Date | undefined =>
  decideRetention(tiered, video(tier, downgraded), [], GENERATED).dueAt;

describe('ceilings by plan', () => {
  test('each plan has its own, to the millisecond', () => {
    expect(dueOf('free')).toEqual(on(7));
    expect(dueOf('pro')).toEqual(new Date('2027-01-30T23:00:00Z'));
    expect(decideRetention(tiered, video('free'), [], on(7, -1)).outcome).toBe('keep');
    expect(decideRetention(tiered, video('free'), [], on(7)).outcome).toBe('erase');
    expect(decideRetention(tiered, video('pro'), [], on(300)).outcome).toBe('keep');
  });

  test('an owner whose plan is not among them, or who is gone, has the ceiling for all others', () => {
    expect(dueOf('trial')).toEqual(on(30));
    expect(dueOf()).toEqual(on(30));
    expect(dueOf('constructor')).toEqual(on(30));
  });

  test('what was there at a downgrade has its time of grace, and never more than the longest plan gives', () => {
    expect(dueOf('free', on(20))).toEqual(on(34));
    expect(dueOf('free', on(360))).toEqual(new Date('2027-01-30T23:00:00Z'));
  });

  test('what was made after the downgrade was never promised more than its plan gives', () => {
    expect(dueOf('free', on(-1))).toEqual(on(7));
  });
});

const at = (min: number, max: number): fc.Arbitrary<Date> =>
  fc.integer({ min: min * DAY, max: max * DAY }).map((ms) => new Date(GENERATED.getTime() + ms));
const tiers = fc.constantFrom(undefined, 'free', 'plus', 'pro', 'trial');
const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'UTC');
const cases = fc.record({ start: at(-400, 400), tier: tiers, change: fc.option(at(-400, 400), { nil: undefined }) });
const factsOf = ({
  start,
  tier,
  change,
}: {
  start: Date;
  tier: string | undefined;
  change: Date | undefined;
}): RecordFacts => ({
  anchors: { generated: start },
  owner: { downgraded: change },
  ...(tier !== undefined && { tier }),
});
const { grace: _, ...withoutSaving } = rule;
const plain: RetentionRule = withoutSaving;
const periodOf = (tier: string | undefined): string => plain.tiers?.atMost[tier ?? ''] ?? plain.keep.atMost ?? '';
const ceiling = (start: Date, tier: string | undefined, zone: string): Date =>
  endOf(start, periodOf(tier), undefined, 'ceiling', zone);

describe('whatever the plan', () => {
  test('an upgrade never shortens', () => {
    fc.assert(
      fc.property(cases, tiers, zones, (one, other, zone) => {
        const [mine, theirs] = [dueAt(plain, factsOf(one), zone), dueAt(plain, factsOf({ ...one, tier: other }), zone)];
        const longer = ceiling(one.start, other, zone) >= ceiling(one.start, one.tier, zone);
        expect(longer ? (theirs as Date) >= (mine as Date) : (theirs as Date) <= (mine as Date)).toBe(true);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  test('a downgrade ends nothing that was there before its grace is over, and nothing outlives the longest plan', () => {
    fc.assert(
      fc.property(cases, zones, fc.integer({ min: 0, max: 7 * HOUR }), (one, zone, aheadMs) => {
        const longest = ceiling(one.start, 'pro', zone);
        expect(isOver(plain, factsOf(one), zone, longest)).toBe(true);
        if (one.change === undefined || one.start > one.change) return;
        const graceEnd = one.change.getTime() + 14 * DAY;
        const owed = Math.min(graceEnd, longest.getTime() - aheadMs);
        expect(isOver(plain, factsOf(one), zone, new Date(owed - 1), aheadMs)).toBe(false);
      }),
      { numRuns: 1000, seed: 2 },
    );
  });

  test('the ceiling of the plan holds at every instant for what no downgrade reaches, with sweeps that work ahead', () => {
    const sweeps = fc.record({ every: fc.integer({ min: HOUR, max: 12 * HOUR }), first: fc.nat({ max: 12 * HOUR }) });
    fc.assert(
      fc.property(cases, zones, sweeps, ({ start, tier }, zone, { every, first }) => {
        const end = ceiling(start, tier, zone);
        // The last sweep that begins before the end, in a rhythm that began anywhere.
        const last = new Date(end.getTime() - 1 - (first % every));
        const facts = factsOf({ start, tier, change: undefined });
        expect(isOver(plain, facts, zone, last, every)).toBe(true);
        expect(isOver(plain, facts, zone, new Date(end.getTime() - every - 1), every)).toBe(false);
      }),
      { numRuns: 1000, seed: 3 },
    );
  });
});
