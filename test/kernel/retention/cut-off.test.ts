import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutOff } from '../../../packages/core/src/kernel/retention/cutOff.ts';
import { endOf } from '../../../packages/core/src/kernel/retention/endOf.ts';

const periods = fc.constantFrom('P30D', 'P90D', 'PT36H', 'P2W', 'P1M', 'P6M', 'P1Y', 'P8Y', 'P1Y2M', 'P1M15D');
const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia', 'UTC');
const bounds = fc.constantFrom('ceiling' as const, 'floor' as const);
const years = fc.constantFrom('year' as const, undefined);
const instants = fc.integer({ min: Date.UTC(1999, 0, 1), max: Date.UTC(2040, 0, 1) }).map((ms) => new Date(ms));

describe('the cut-off', () => {
  test('is the inverse of the end of a period, to the millisecond, in every zone', () => {
    fc.assert(
      fc.property(
        instants,
        periods,
        years,
        bounds,
        zones,
        fc.integer({ min: -2, max: 2 }),
        (anchor, period, fromEndOf, bound, zone, ms) => {
          const end = endOf(anchor, period, fromEndOf, bound, zone);
          const now = new Date(end.getTime() + ms);
          const { at, inclusive } = cutOff(period, fromEndOf, bound, zone, now);
          expect(inclusive ? anchor <= at : anchor < at).toBe(end <= now);
        },
      ),
      { numRuns: 3000, seed: 20260302 },
    );
  });

  test('a later anchor never ends earlier', () => {
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: 0, max: 4 * 86_400_000 }),
        periods,
        years,
        bounds,
        zones,
        (anchor, ms, period, fromEndOf, bound, zone) => {
          const second = new Date(anchor.getTime() + ms);
          expect(endOf(second, period, fromEndOf, bound, zone).getTime()).toBeGreaterThanOrEqual(
            endOf(anchor, period, fromEndOf, bound, zone).getTime(),
          );
        },
      ),
      { numRuns: 3000, seed: 20260303 },
    );
  });
});

describe('the end of a period', () => {
  const berlin = (text: string, period: string, bound: 'ceiling' | 'floor'): string =>
    endOf(new Date(text), period, undefined, bound, 'Europe/Berlin').toISOString();

  test('thirty days are thirty times 24 hours, across the change of the clocks as well', () => {
    expect(berlin('2026-03-15T12:00:00Z', 'P30D', 'ceiling')).toBe('2026-04-14T12:00:00.000Z');
  });

  test('a month from 31 January ends with February, not in March', () => {
    expect(berlin('2026-01-31T12:00:00Z', 'P1M', 'ceiling')).toBe('2026-02-27T23:00:00.000Z');
    expect(berlin('2026-01-31T12:00:00Z', 'P1M', 'floor')).toBe('2026-02-28T23:00:00.000Z');
  });
});
