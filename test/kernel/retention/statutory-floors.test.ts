import { describe, expect, test } from '@jest/globals';
import { loadRegimes } from '../../../packages/core/src/adapters/policy/loadRegime.ts';
import type { FloorRecord, RetentionFloor } from '../../../packages/core/src/kernel/clock/regimeDuties.ts';
import { endOf } from '../../../packages/core/src/kernel/retention/endOf.ts';

const floors = (await loadRegimes()).flatMap(({ retentionFloors }) => retentionFloors);
const ZONES: Readonly<Record<string, string>> = { DE: 'Europe/Berlin', AT: 'Europe/Vienna', CH: 'Europe/Zurich' };

function floorOf(country: string, record: FloorRecord = 'payment'): RetentionFloor {
  const found = floors.find((floor) => floor.country === country && floor.record === record);
  if (found === undefined) throw new Error(`${country} has no floor for ${record}`);
  return found;
}

/** The first day on which the record may go, in the zone of the country. */
function goesOn(country: string, made: string, record?: FloorRecord): string {
  const { atLeast, runsFrom } = floorOf(country, record);
  const zone = ZONES[country] ?? 'Europe/London';
  const yearEnds = runsFrom === 'end-of-year' || (runsFrom === 'end-of-financial-year' && !made.endsWith(' year end'));
  const anchor = new Date(`${made.slice(0, 10)}T12:00:00Z`);
  const end = endOf(anchor, atLeast, yearEnds ? 'year' : undefined, 'floor', zone);
  return new Intl.DateTimeFormat('sv', { timeZone: zone }).format(end);
}

describe('accounts are kept for as long as the law of the country asks', () => {
  test.each([
    ['DE', '2026-03-10', '2035-01-01', 'an invoice: eight years from the end of its year'],
    ['DE', '2017-05-01', '2026-01-01', 'a voucher whose ten years had not ended when they became eight'],
    ['DE', '2016-06-15', '2025-01-01', 'a voucher that the shorter period freed on the day on which it came'],
    ['AT', '2026-03-10', '2034-01-01', 'an invoice: seven years from the end of its year'],
    [
      'CH',
      '2026-03-10',
      '2037-01-01',
      'an invoice: ten years from the end of a financial year that is the calendar year',
    ],
    ['GB', '2026-03-31 year end', '2032-04-01', 'a voucher: six years from the end of the accounting period'],
  ])('%s, made or closed on %s: goes on %s at the earliest, being %s', (country, made, gone) => {
    expect(goesOn(country, made)).toBe(gone);
  });

  test('books and letters have periods of their own', () => {
    expect(goesOn('DE', '2026-03-10', 'books')).toBe('2037-01-01');
    expect(goesOn('DE', '2026-03-10', 'correspondence')).toBe('2033-01-01');
  });

  test('counted from the day on which it was made, an invoice would go ten months too early', () => {
    const naive = endOf(new Date('2026-03-10T12:00:00Z'), floorOf('DE').atLeast, undefined, 'ceiling', 'Europe/Berlin');
    expect(new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Berlin' }).format(naive)).toBe('2034-03-10');
    expect(goesOn('DE', '2026-03-10') > '2034-03-10').toBe(true);
  });

  test('no floor of a payment record runs from the day on which the record was made', () => {
    expect(floors.filter(({ record, runsFrom }) => record === 'payment' && runsFrom === 'creation')).toEqual([]);
    expect(
      [...new Set(floors.filter(({ record }) => record === 'payment').map(({ country }) => country))].sort(),
    ).toEqual(['AT', 'CH', 'DE', 'FR', 'GB', 'IT', 'US']);
  });
});
