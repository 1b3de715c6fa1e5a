import { describe, expect, test } from '@jest/globals';
import { addMonths } from '../../../packages/core/src/kernel/clock/addMonths.ts';
import { rollForward } from '../../../packages/core/src/kernel/clock/rollForward.ts';
import { Temporal } from '../../../packages/core/src/kernel/clock/temporal.ts';
import { calendarOf, clockOf, germany } from './scene.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

describe('a month (Regulation 1182/71, Article 3(2)(c))', () => {
  test.each([
    ['2026-03-05', 1, '2026-04-05', 'ends on the same date of the next month'],
    ['2026-01-31', 1, '2026-02-28', 'ends on the last day where the date does not exist'],
    ['2024-01-31', 1, '2024-02-29', 'ends on 29 February in a leap year'],
    ['2024-02-29', 1, '2024-03-29', 'keeps the number and not the distance to the end'],
    ['2026-01-31', 3, '2026-04-30', 'counts three months from the first day, not one and then two'],
    ['2026-12-31', 2, '2027-02-28', 'goes over the end of the year'],
  ])('%s and %i month(s) is %s: it %4$s', (from, months, to) => {
    expect(addMonths(day(from), months).toString()).toBe(to);
  });

  test('31 January and three months is never 1 May, as a published example has it', () => {
    expect(clockOf('2026-01-31').extendedDue).toBe('2026-04-30');
  });
});

describe('a period that ends on a day off (Article 3(4))', () => {
  const everyDayOff = ['saturday', 'sunday', 'holiday'] as const;
  const roll = (from: string, on: readonly (typeof everyDayOff)[number][] = everyDayOff, id = 'DE') =>
    rollForward(day(from), on, calendarOf(id)).toString();

  test('ends on the Monday after a Saturday', () => expect(roll('2026-02-28')).toBe('2026-03-02'));
  test('ends on the day after the holiday that follows a Sunday', () => expect(roll('2026-04-05')).toBe('2026-04-07'));
  test('ends where it is on a working day', () => expect(roll('2026-03-02')).toBe('2026-03-02'));
  test('ends on that day where the regime names no days off', () => expect(roll('2026-04-05', [])).toBe('2026-04-05'));
  test('ends on a Saturday under a law that names only Sundays and holidays', () => {
    expect(roll('2026-02-28', ['sunday', 'holiday'])).toBe('2026-02-28');
  });
  test('asks the national calendar only: Epiphany is a holiday of some German states and moves nothing', () => {
    expect(roll('2026-01-06')).toBe('2026-01-06');
  });

  test('is refused with a remedy where the calendar does not know the year', () => {
    expect(() => rollForward(day('2041-01-01'), everyDayOff, germany)).toThrow(
      expect.objectContaining({ code: 'CALENDAR_ENDED', remedy: expect.stringContaining('calendars.mjs') }),
    );
    expect(() => clockOf('2040-12-15')).toThrow(expect.objectContaining({ code: 'CALENDAR_ENDED' }));
    expect(() => clockOf('2019-11-15')).toThrow(expect.objectContaining({ code: 'CALENDAR_ENDED' }));
  });
});
