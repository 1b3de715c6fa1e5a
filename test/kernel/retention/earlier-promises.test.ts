import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RetentionRecord } from '../../../packages/core/src/kernel/decision.ts';
import type { EarlierPromise, Policy } from '../../../packages/core/src/kernel/policy/policy.ts';
import { decideRetention } from '../../../packages/core/src/kernel/retention/decideRetention.ts';
import { dueAt } from '../../../packages/core/src/kernel/retention/dueAt.ts';
import { isOver } from '../../../packages/core/src/kernel/retention/isOver.ts';
import { policyWith } from '../policy/editedPack.ts';
import { delivered, loosenedFrom, ruleOf, tiered } from './variedPolicies.ts';

const DAY = 86_400_000;
const CHANGED = new Date('2026-06-01T00:00:00.000Z');
const from = (start: Date, days: number): Date => new Date(start.getTime() + days * DAY);
const BEFORE = from(CHANGED, -5);
const AFTER = from(CHANGED, 5);

/** Version 1 kept videos for 30 days, version 2 for 60. */
const promise: EarlierPromise = { keep: { atMost: 'P30D', from: 'notice' }, version: 1, before: CHANGED.toISOString() };
const longer = policyWith(['keep: { atMost: P30D, from: notice }', 'keep: { atMost: P60D, from: notice }']);
const loosened = loosenedFrom(longer, 'generated-videos', promise);

const video = (generated: Date, accepted?: number): RetentionRecord => ({
  collection: 'generations',
  anchors: { generated },
  predicates: { saved: false },
  ...(accepted !== undefined && { accepted }),
});
const dueOf = (policy: Policy, record: RetentionRecord): Date | undefined =>
  decideRetention(policy, record, [], AFTER).dueAt;

describe('what was collected under a stricter notice', () => {
  test('keeps its promise until the owner has accepted a later version', () => {
    expect(dueOf(loosened, video(BEFORE))).toEqual(from(BEFORE, 30));
    expect(dueOf(loosened, video(BEFORE, 1))).toEqual(from(BEFORE, 30));
    expect(dueOf(loosened, video(BEFORE, 2))).toEqual(from(BEFORE, 60));
  });

  test('binds nothing that came after the change', () => {
    expect(dueOf(loosened, video(AFTER))).toEqual(from(AFTER, 60));
    expect(dueOf(loosened, video(CHANGED))).toEqual(from(CHANGED, 60));
    expect(dueOf(loosened, video(new Date(CHANGED.getTime() - 1)))).toEqual(from(new Date(CHANGED.getTime() - 1), 30));
  });

  test('the reason names the version that was promised', () => {
    const { outcome, because } = decideRetention(loosened, video(BEFORE), [], from(BEFORE, 31));
    expect([outcome, because[0]?.text]).toEqual([
      'erase',
      'ended at 2026-06-26T00:00:00.000Z, promised under version 1 and not accepted since',
    ]);
    expect(decideRetention(loosened, video(AFTER), [], AFTER).because[0]?.text).toBe(
      'kept until 2026-08-05T00:00:00.000Z',
    );
  });

  test('of several versions the strictest that was not left behind counts', () => {
    const twice = loosenedFrom(longer, 'generated-videos', promise, {
      ...promise,
      keep: { atMost: 'P45D', from: 'notice' },
      version: 3,
    });
    expect(dueOf(twice, video(BEFORE))).toEqual(from(BEFORE, 30));
    expect(dueOf(twice, video(BEFORE, 2))).toEqual(from(BEFORE, 45));
    expect(dueOf(twice, video(BEFORE, 4))).toEqual(from(BEFORE, 60));
  });

  test('never ends a record before a floor that a statute sets', () => {
    const payments = loosenedFrom(policyWith(), 'payments', { ...promise, keep: { atMost: 'P1Y', from: 'operator' } });
    const record = { collection: 'payments', anchors: { paid: new Date('2026-03-10T09:00:00Z') }, predicates: {} };
    expect(dueOf(payments, record)).toEqual(new Date('2034-12-31T23:00:00.000Z'));
  });

  test('a closed account ends by it whenever it was closed, since its data may be older', () => {
    const accounts = loosenedFrom(policyWith(), 'account', { ...promise, keep: { atMost: 'P7D', from: 'notice' } });
    const closed = { collection: 'users', anchors: { accountClosed: AFTER }, predicates: {} };
    expect(dueOf(accounts, closed)).toEqual(from(AFTER, 7));
    expect(dueOf(accounts, { ...closed, accepted: 2 })).toEqual(from(AFTER, 30));
    expect(dueOf(accounts, { ...closed, anchors: {} })).toBeUndefined();
  });

  test('tiers that were added since count for nobody who has not accepted them; those that were there stay', () => {
    const record = { ...video(BEFORE), tier: 'pro' };
    const added = loosenedFrom(tiered, 'generated-videos', { ...promise, tiers: null });
    expect(dueOf(added, record)).toEqual(from(BEFORE, 30));
    const unchanged = loosenedFrom(tiered, 'generated-videos', promise);
    expect(dueOf(unchanged, record)).toEqual(dueOf(tiered, record));
    const lengthened = loosenedFrom(tiered, 'generated-videos', {
      ...promise,
      tiers: { of: 'plan', atMost: { pro: 'P90D' }, from: 'operator' },
    });
    expect(dueOf(lengthened, record)).toEqual(from(BEFORE, 90));
  });

  test('a record that was there before the change is bound though its anchor came later', () => {
    const shorter = loosenedFrom(delivered, 'generated-videos', {
      ...promise,
      keep: { atMost: 'P1D', from: 'notice' },
    });
    const record = { ...video(BEFORE), anchors: { generated: BEFORE, delivered: AFTER } };
    expect(dueOf(shorter, record)).toEqual(from(AFTER, 1));
    expect(dueOf(shorter, { ...record, anchors: { generated: AFTER, delivered: AFTER } })).toEqual(from(AFTER, 3));
  });
});

test('an earlier promise never lengthens, accepting never shortens, and ceilings are met ahead of time', () => {
  const rules = [loosened, loosenedFrom(tiered, 'generated-videos', promise)].map((one) =>
    ruleOf(one, 'generated-videos'),
  );
  const cases = fc.record({
    rule: fc.constantFrom(...rules),
    start: fc.integer({ min: -100, max: 100 }).map((days) => from(CHANGED, days)),
    tier: fc.constantFrom('free', 'plus', 'pro', 'none'),
    accepted: fc.constantFrom(undefined, 1, 2, 3),
    aheadMs: fc.integer({ min: 0, max: DAY }),
  });
  fc.assert(
    fc.property(cases, ({ rule, start, tier, accepted, aheadMs }) => {
      const facts = { anchors: { generated: start }, tier, ...(accepted !== undefined && { accepted }) };
      const [due, free] = [dueAt(rule, facts, 'UTC'), dueAt({ ...rule, earlier: [] }, facts, 'UTC')] as [Date, Date];
      expect(due <= free).toBe(true);
      expect(due <= (dueAt(rule, { ...facts, accepted: (accepted ?? 0) + 1 }, 'UTC') as Date)).toBe(true);
      expect(isOver(rule, facts, 'UTC', new Date(due.getTime() - aheadMs), aheadMs)).toBe(true);
      expect(isOver(rule, facts, 'UTC', new Date(due.getTime() - aheadMs - 1), aheadMs)).toBe(false);
    }),
    { numRuns: 1000, seed: 4 },
  );
});
