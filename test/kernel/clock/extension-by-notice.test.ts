import { describe, expect, test } from '@jest/globals';
import { alarmDate } from '../../../packages/core/src/kernel/clock/deadlines.ts';
import { clockUnder } from './scene.ts';

const told = (extendedUntil?: string, regime: string = 'kr-pipa') =>
  clockUnder(regime, '2026-03-03', { extendedOn: '2026-03-10', ...(extendedUntil && { extendedUntil }) });

describe('an extension whose end the law leaves to the letter', () => {
  test('ends on the day that the person was told, which timers use from then on', () => {
    const clock = told('2026-03-27');
    expect(clock).toMatchObject({ due: '2026-03-13', extendedDue: '2026-03-27', extendedEarliest: '2026-03-27' });
    expect([alarmDate(clock, false), alarmDate(clock, true)]).toEqual(['2026-03-13', '2026-03-27']);
  });

  test('moves no date while nobody has named its day', () => {
    expect(told()).toMatchObject({ extendedDue: null, extendedEarliest: null });
    expect(alarmDate(told(), true)).toBe('2026-03-13');
  });

  test.each([
    ['2026-03-13', 'kr-pipa', 'EXTENSION_INVALID', 'Give a day after 2026-03-13.', 'the last day of the first window'],
    ['2026-02-30', 'kr-pipa', 'DATE_INVALID', 'Write the date as YYYY-MM-DD, such as 2026-03-31.', 'no date at all'],
    ['2026-05-01', 'us-ca', 'EXTENSION_INVALID', 'Name no day: the law does.', 'a day where the law has a number'],
    ['2026-05-01', 'ca-qc', 'EXTENSION_INVALID', 'Answer by 2026-04-02.', 'a day where the law knows no extension'],
  ])('until %s under %s is refused: it is %5$s', (until, regime, code, remedy) => {
    expect(() => told(until, regime)).toThrow(expect.objectContaining({ code, remedy }));
  });
});
