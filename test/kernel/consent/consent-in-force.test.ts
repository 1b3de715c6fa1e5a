import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { consentInForce } from '../../../packages/core/src/kernel/consent/consentInForce.ts';
import type { ConsentEvent } from '../../../packages/core/src/kernel/decision.ts';

const day = (n: number): Date => new Date(Date.UTC(2026, 2, n));
const given = (n: number, flag = 'training'): ConsentEvent => ({ flag, what: 'given', at: day(n) });
const withdrawn = (n: number, flag = 'training'): ConsentEvent => ({ flag, what: 'withdrawn', at: day(n) });

describe('a consent', () => {
  test('is never in force until it was given', () => {
    expect(consentInForce([], 'training', day(9))).toEqual({ inForce: false, because: 'training was never given' });
    expect(consentInForce([given(1, 'analytics-cookies')], 'training', day(9)).inForce).toBe(false);
  });

  test('a withdrawal takes effect at its very instant (part of sdance-ai.right.withdraw)', () => {
    const history = [given(1), withdrawn(5)];
    expect(consentInForce(history, 'training', new Date(day(5).getTime() - 1))).toMatchObject({
      inForce: true,
      since: day(1),
    });
    expect(consentInForce(history, 'training', day(5))).toMatchObject({ inForce: false, since: day(5) });
  });

  test('given again, it stands from the second giving', () => {
    expect(consentInForce([given(1), withdrawn(3), given(5), given(6)], 'training', day(9))).toMatchObject({
      inForce: true,
      since: day(5),
    });
  });

  test('of two statements at one instant the withdrawal wins', () => {
    expect(consentInForce([withdrawn(3), given(3)], 'training', day(9)).inForce).toBe(false);
    expect(consentInForce([given(3), withdrawn(3)], 'training', day(9)).inForce).toBe(false);
  });

  test('what lies in the future has not happened', () => {
    expect(consentInForce([given(8)], 'training', day(7)).inForce).toBe(false);
    expect(consentInForce([given(1), withdrawn(8)], 'training', day(7)).inForce).toBe(true);
  });

  test('the order in which the history is told does not matter', () => {
    const event = fc.record({
      flag: fc.constantFrom('training', 'other'),
      what: fc.constantFrom('given' as const, 'withdrawn' as const),
      at: fc.integer({ min: 1, max: 9 }).map(day),
    });
    const told = fc
      .array(event, { maxLength: 8 })
      .chain((history) => fc.tuple(fc.constant(history), fc.shuffledSubarray(history, { minLength: history.length })));
    fc.assert(
      fc.property(told, ([history, shuffled]) => {
        expect(consentInForce(shuffled, 'training', day(6))).toEqual(consentInForce(history, 'training', day(6)));
      }),
      { seed: 3 },
    );
  });
});
