import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { alarmDate, type Clock } from '../../../packages/core/src/kernel/clock/deadlines.ts';
import { localDateOf } from '../../../packages/core/src/kernel/clock/localDate.ts';
import { CLOCK_KINDS, type ClockKind, type Regime } from '../../../packages/core/src/kernel/clock/regime.ts';
import { Temporal } from '../../../packages/core/src/kernel/clock/temporal.ts';
import { calendarOf, clockOf, regimes, thirtyDays } from './scene.ts';

const calendars = new Map(regimes.map(({ calendar }) => [calendar, calendarOf(calendar)]));
const clocks = regimes.flatMap((regime) =>
  CLOCK_KINDS.filter((kind) => regime[kind] !== undefined).map((kind) => ({ regime, kind })),
);
const anyClock = fc.constantFrom(...clocks);
const extendable = fc.constantFrom(...clocks.filter(({ regime, kind }) => regime[kind]?.extend !== undefined));
const zone = fc.constantFrom(
  ...['Europe/London', 'Europe/Berlin', 'America/Los_Angeles', 'America/St_Johns', 'Asia/Kolkata', 'Asia/Seoul'],
  ...['Australia/Lord_Howe', 'Africa/Johannesburg', 'Pacific/Apia', 'Pacific/Pago_Pago', 'UTC'],
);

/** Days that people get wrong come up more often than others: leap days, ends of months and years, changes of the clocks. */
const awkward = fc
  .constantFrom(
    '2024-02-29',
    '2028-02-29',
    '2026-01-31',
    '2026-03-01',
    '2026-08-31',
    '2026-12-31',
    '2026-03-08',
    '2026-03-29',
    '2026-10-25',
  )
  .chain((day) => fc.integer({ min: -14 * 60, max: 38 * 60 }).map((at) => new Date(Date.parse(day) + at * 60_000)));
const anyTime = fc.date({
  min: new Date('2020-01-02T00:00Z'),
  max: new Date('2040-05-01T00:00Z'),
  noInvalidDate: true,
});
const instant = fc.oneof(anyTime, awkward);

interface Asked {
  readonly regime: Regime;
  readonly kind: ClockKind;
}

function clock({ regime, kind }: Asked, at: Date, zone: string, beside: Parameters<typeof clockOf>[1] = {}): Clock {
  const calendar = calendars.get(regime.calendar);
  return clockOf(at.toISOString(), { regime, kind, zone, ...(calendar && { calendar }), ...beside });
}

const day = (text: string | null): Temporal.PlainDate => Temporal.PlainDate.from(String(text));
const days = (from: string | Temporal.PlainDate, to: string | null): number => day(String(from)).until(day(to)).days;
const DATES = ['nominal', 'due', 'earliest', 'extendedDue', 'extendedEarliest', 'extensionNoticeBy'] as const;
const RUNS = { numRuns: 1000 };

/** No run of Sundays and holidays, or of weekends and holidays, is longer in the calendars of the laws that roll. */
const LONGEST_ROLL = 4;

describe('under every law', () => {
  test('who writes later is never due earlier', () => {
    fc.assert(
      fc.property(anyClock, instant, fc.nat(40 * 24), zone, (asked, at, hours, zone) => {
        const first = clock(asked, at, zone);
        const second = clock(asked, new Date(at.getTime() + hours * 3_600_000), zone);
        for (const date of DATES) {
          expect([date, String(first[date]) <= String(second[date])]).toEqual([date, true]);
        }
      }),
      RUNS,
    );
  });

  test('no date is later than the naive reading allows, nor earlier than the law gives', () => {
    fc.assert(
      fc.property(anyClock, instant, zone, (asked, at, zone) => {
        const { nominal, due, earliest } = clock(asked, at, zone);
        const term = asked.regime[asked.kind];
        const waited = days(localDateOf(at, zone), nominal);
        if (term === undefined) throw new Error('the law has this clock');
        if ('days' in term) expect(waited).toBe(term.days);
        if ('months' in term) expect(waited <= 31 * term.months && waited >= 31 * term.months - 3).toBe(true);
        if ('businessDays' in term) {
          expect(waited >= term.businessDays && waited <= 2 * term.businessDays + LONGEST_ROLL).toBe(true);
        }
        expect(days(String(nominal), due)).toBeGreaterThanOrEqual(0);
        expect(days(String(nominal), due)).toBeLessThanOrEqual(asked.regime.roll.on.length > 0 ? LONGEST_ROLL : 0);
        expect(days(String(earliest), due)).toBeGreaterThanOrEqual(0);
        expect(days(localDateOf(at, 'UTC'), earliest)).toBeGreaterThanOrEqual(-1);
      }),
      RUNS,
    );
  });

  test('a month ends on the same day number, or on the last day of a month that has no such day', () => {
    const months = fc.constantFrom(...clocks.filter(({ regime, kind }) => 'months' in (regime[kind] ?? {})));
    fc.assert(
      fc.property(months, instant, zone, (asked, at, zone) => {
        const received = localDateOf(at, zone);
        const nominal = day(clock(asked, at, zone).nominal);
        expect(nominal.day).toBe(Math.min(received.day, nominal.daysInMonth));
        expect((nominal.month - received.month + 12) % 12).toBe(1);
      }),
      RUNS,
    );
  });

  test('a period never ends on a day on which the law lets none end', () => {
    fc.assert(
      fc.property(anyClock, instant, zone, (asked, at, zone) => {
        const { due, extendedDue } = clock(asked, at, zone);
        const { on } = asked.regime.roll;
        for (const date of [due, extendedDue].filter((date) => date !== null)) {
          expect(on.includes('saturday') && day(date).dayOfWeek === 6).toBe(false);
          expect(on.includes('sunday') && day(date).dayOfWeek === 7).toBe(false);
          expect(on.includes('holiday') && calendars.get(asked.regime.calendar)?.holidays.has(date)).toBe(false);
        }
      }),
      RUNS,
    );
  });

  test('the time of day changes nothing but the strictest reading, by a day and what a short February lacks', () => {
    fc.assert(
      fc.property(anyClock, instant, zone, (asked, at, zone) => {
        const noon = localDateOf(at, zone).toZonedDateTime({ timeZone: zone, plainTime: '18:00' });
        const there = clock(asked, new Date(noon.epochMilliseconds), zone);
        const { earliest, extendedEarliest, ...here } = clock(asked, at, zone);
        expect(there).toMatchObject({ ...here, rules: there.rules });
        expect(days(String(earliest), there.earliest)).toBeGreaterThanOrEqual(0);
        expect(days(String(earliest), there.earliest)).toBeLessThanOrEqual(1 + 3);
      }),
      RUNS,
    );
  });

  test('an extension told in the first window moves neither that window nor a promise; one told later is refused', () => {
    fc.assert(
      fc.property(extendable, anyTime, fc.nat(200), zone, (asked, at, told, zone) => {
        const promises = thirtyDays;
        const plain = clock(asked, at, zone, { promises });
        const extendedOn = localDateOf(at, zone).add({ days: told }).toString();
        const extend = (): Clock => clock(asked, at, zone, { promises, extendedOn });
        if (extendedOn <= String(plain.due)) {
          expect(extend()).toEqual(plain);
          expect(alarmDate(extend(), true) <= String(plain.promiseDue)).toBe(true);
          if (plain.extendedDue !== null) expect(plain.extendedDue > String(plain.due)).toBe(true);
        } else {
          expect(extend).toThrow(expect.objectContaining({ code: 'EXTENSION_TOO_LATE' }));
        }
      }),
      RUNS,
    );
  });

  test('an extension that the law does not know is refused on any day', () => {
    const fixed = fc.constantFrom(...clocks.filter(({ regime, kind }) => regime[kind]?.extend === undefined));
    fc.assert(
      fc.property(fixed, anyTime, fc.nat(100), zone, (asked, at, told, zone) => {
        const extendedOn = localDateOf(at, zone).add({ days: told }).toString();
        expect(() => clock(asked, at, zone, { extendedOn })).toThrow(
          expect.objectContaining({ code: 'EXTENSION_INVALID' }),
        );
      }),
    );
  });

  test('timers ring no later than any date that counts', () => {
    fc.assert(
      fc.property(anyClock, instant, zone, (asked, at, zone) => {
        const found = clock(asked, at, zone, { promises: thirtyDays });
        const alarm = alarmDate(found, false);
        for (const date of [found.earliest, found.due, found.promiseDue].filter((date) => date !== null)) {
          expect(alarm <= date).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test('an open question moves the date where a statute says so, and nowhere else', () => {
    fc.assert(
      fc.property(anyClock, anyTime, fc.nat(9), fc.nat(20), zone, (asked, at, after, open, zone) => {
        const from = localDateOf(at, zone).add({ days: after });
        const pause = { kind: 'scope', from: from.toString(), to: from.add({ days: open }).toString() } as const;
        const right = asked.kind === 'optout' ? 'objection' : 'access';
        const plain = clock(asked, at, zone, { right });
        const paused = clock(asked, at, zone, { right, pauses: [pause] });
        const moves = asked.regime.id === 'uk-gdpr' && asked.kind === 'respond';
        expect(days(String(plain.nominal), paused.nominal)).toBe(moves ? open + 1 : 0);
        if (paused.ifPaused !== null) expect(paused.ifPaused >= String(paused.due)).toBe(true);
      }),
      RUNS,
    );
  });
});
