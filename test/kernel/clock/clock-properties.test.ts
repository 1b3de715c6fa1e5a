import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { alarmDate } from '../../../packages/core/src/kernel/clock/deadlines.ts';
import { Temporal } from '../../../packages/core/src/kernel/clock/temporal.ts';
import { calendarOf, clockOf, thirtyDays } from './scene.ts';

const calendars = ['DE', 'IE', 'FR', 'NL', 'PL', 'MT', 'EU'].map(calendarOf);
const calendar = fc.constantFrom(...calendars);
const zone = fc.constantFrom(
  'Europe/Berlin',
  'Europe/Dublin',
  'Atlantic/Azores',
  'Pacific/Auckland',
  'America/New_York',
);
const instant = fc.date({
  min: new Date('2020-01-02T00:00Z'),
  max: new Date('2040-08-01T00:00Z'),
  noInvalidDate: true,
});
/** No run of days off in these calendars is longer. */
const LONGEST_ROLL = 6;

test('who writes later is never due earlier', () => {
  fc.assert(
    fc.property(instant, instant, calendar, zone, (a, b, calendar, zone) => {
      const [first, second] = [a, b]
        .sort((x, y) => x.getTime() - y.getTime())
        .map((at) => clockOf(at.toISOString(), { calendar, zone, promises: thirtyDays }));
      for (const date of ['nominal', 'due', 'earliest', 'extendedDue', 'extensionNoticeBy', 'promiseDue'] as const) {
        expect(String(first?.[date]) <= String(second?.[date])).toBe(true);
      }
    }),
  );
});

test('the readings of one deadline keep their order, and no roll is longer than the longest row of days off', () => {
  fc.assert(
    fc.property(instant, calendar, zone, (at, calendar, zone) => {
      const { earliest, nominal, due, extendedDue } = clockOf(at.toISOString(), { calendar, zone });
      const days = (from: string | null, to: string | null) =>
        Temporal.PlainDate.from(String(from)).until(Temporal.PlainDate.from(String(to))).days;
      expect(days(earliest, nominal)).toBeGreaterThanOrEqual(0);
      expect(days(nominal, due)).toBeGreaterThanOrEqual(0);
      expect(days(nominal, due)).toBeLessThanOrEqual(LONGEST_ROLL);
      expect(days(due, extendedDue)).toBeGreaterThan(50);
    }),
  );
});

test('a period never ends on a day off', () => {
  fc.assert(
    fc.property(instant, calendar, zone, (at, calendar, zone) => {
      const { due, extendedDue } = clockOf(at.toISOString(), { calendar, zone });
      for (const date of [due, extendedDue].map(String)) {
        expect(Temporal.PlainDate.from(date).dayOfWeek).toBeLessThan(6);
        expect(calendar.holidays.has(date)).toBe(false);
      }
    }),
  );
});

test('neither an extension nor a pause moves the promise, the first window or the strictest reading', () => {
  fc.assert(
    fc.property(instant, fc.nat(28), fc.nat(20), (at, told, open) => {
      const plain = clockOf(at.toISOString(), { promises: thirtyDays });
      const local = Temporal.Instant.from(at.toISOString()).toZonedDateTimeISO('Europe/Berlin').toPlainDate();
      const from = local.add({ days: told });
      const later = clockOf(at.toISOString(), {
        promises: thirtyDays,
        extendedOn: from.toString(),
        pauses: [{ kind: 'identity', from: from.toString(), to: from.add({ days: open }).toString() }],
      });
      expect({ ...later, ifPaused: null, rules: [] }).toEqual({ ...plain, rules: [] });
      expect(alarmDate(later, true) <= String(plain.promiseDue)).toBe(true);
    }),
  );
});
