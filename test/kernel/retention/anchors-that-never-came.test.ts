import { describe, expect, test } from '@jest/globals';
import type { RetentionDecision, RetentionRecord } from '../../../packages/core/src/kernel/decision.ts';
import { planErasure } from '../../../packages/core/src/kernel/erasure/planErasure.ts';
import type { RetentionRule } from '../../../packages/core/src/kernel/policy/policy.ts';
import { decideRetention } from '../../../packages/core/src/kernel/retention/decideRetention.ts';
import { delivered as policy } from './variedPolicies.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const GENERATED = new Date('2026-03-02T10:00:00.000Z');
const on = (days: number, ms = 0): Date => new Date(GENERATED.getTime() + days * DAY + ms);

const decide = (anchors: RetentionRecord['anchors'], now: Date, aheadMs = 0, saved = false): RetentionDecision =>
  decideRetention(policy, { collection: 'generations', anchors, predicates: { saved } }, [], now, { aheadMs });

describe('a video that counts from its delivery', () => {
  test('goes after it was delivered, however long ago it was generated', () => {
    const anchors = { generated: GENERATED, delivered: on(8) };
    expect(decide(anchors, on(10)).outcome).toBe('keep');
    expect(decide(anchors, on(11, -1)).outcome).toBe('keep');
    expect(decide(anchors, on(11)).outcome).toBe('erase');
  });

  test('goes after its own bound where nobody fetched it, and the sweep begins before that', () => {
    const anchors = { generated: GENERATED };
    expect(decide(anchors, on(10, -1))).toMatchObject({ outcome: 'keep', dueAt: on(10) });
    expect(decide(anchors, on(10)).outcome).toBe('erase');
    expect(decide(anchors, on(10, -HOUR), HOUR).outcome).toBe('erase');
    expect(decide(anchors, on(10, -HOUR - 1), HOUR).outcome).toBe('keep');
  });

  test('stays where it is saved, and has its days of grace once it is no longer', () => {
    expect(decide({ generated: GENERATED }, on(100), 0, true).outcome).toBe('keep');
    const anchors = { generated: GENERATED, unsaved: on(20) };
    expect(decide(anchors, on(27, -1), HOUR).outcome).toBe('keep');
    expect(decide(anchors, on(27)).outcome).toBe('erase');
  });

  test('without either date it stays, and the reason names both', () => {
    const { outcome, because } = decide({}, on(1000));
    expect([outcome, because[0]?.text]).toEqual([
      'undetermined',
      'kept: the date of delivered or generated is missing',
    ]);
  });
});

test('what an erasure leaves of such records ends with the youngest of them, whichever way it is dated', () => {
  const detach: Partial<RetentionRule> = { onErasure: 'detach', ground: { article: 'Art 17(3)(b) GDPR', text: 'law' } };
  const leaves = { ...policy, retention: policy.retention.map((one) => ({ ...one, ...detach })) };
  const untilOf = (found: { newest?: Date; newestOtherwise?: Date }): Date | undefined =>
    planErasure(leaves, [{ collection: 'generations', count: 2, files: 0, ...found }], [], on(1), 'u1')[0]?.until;
  expect(untilOf({ newest: on(1) })).toEqual(on(4));
  expect(untilOf({ newestOtherwise: on(0) })).toEqual(on(10));
  expect(untilOf({ newest: on(8), newestOtherwise: on(0) })).toEqual(on(11));
  expect(untilOf({})).toBeUndefined();
});
