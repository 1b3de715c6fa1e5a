import { describe, expect, test } from '@jest/globals';
import { compileCalendar } from '../../../packages/core/src/kernel/clock/calendar.ts';
import { compileRegime, type Length, type Regime } from '../../../packages/core/src/kernel/clock/regime.ts';
// @ts-expect-error the script has no types of its own
import { extract } from '../../../scripts/calendars.mjs';
import { calendarOf, clockOf, gdpr } from './scene.ts';

const sourced = { article: 's. 1', source: 'the text of the law', from: 'statute' } as const;
const england = calendarOf('GB-ENG');

/** A regime whose days are calendar days that never move, as in the US states. */
function dayRegime(respond: Length, total: Length, reading: 'same' | 'day-before' = 'same'): Regime {
  return compileRegime({
    ...{ id: 'us-xx', name: 'A state', country: 'US-XX', calendar: 'US', rights: {} },
    starts: { on: 'receipt', ...sourced },
    respond: { ...respond, ...sourced, extend: { total, ...sourced } },
    roll: { on: [], ...sourced },
    earliest: { reading, ...sourced },
  });
}

const uk = compileRegime({
  ...gdpr,
  ...{ id: 'uk-gdpr', country: 'GB', calendar: 'GB-ENG' },
  starts: { on: 'relevant-time', ...sourced },
  pauses: { scope: { effect: 'moves', askDay: 'counts', rights: ['access'], ...sourced } },
});

describe('the format of a regime holds more than the GDPR', () => {
  test.each([
    ['T28', { days: 45 }, { days: 90 }, '2026-02-14', '2026-03-31', '2026-05-15'],
    ['T31', { days: 90 }, { days: 135 }, '2026-01-01', '2026-04-01', '2026-05-16'],
  ])('%s: calendar days that do not roll', (_, respond, total, received, due, extendedDue) => {
    expect(clockOf(received, { regime: dayRegime(respond, total) })).toMatchObject({ due, extendedDue, earliest: due });
  });

  test('T24: a period that begins on the day of receipt is a day shorter in the strictest reading', () => {
    const regime = dayRegime({ days: 45 }, { days: 90 }, 'day-before');
    expect(clockOf('2026-06-12', { regime })).toMatchObject({ due: '2026-07-27', earliest: '2026-07-26' });
  });

  test('T18, T08: the month of the United Kingdom rolls on the holidays of its own nation', () => {
    const london = { regime: uk, calendar: england, zone: 'Europe/London' };
    expect(clockOf('2026-09-03', london).due).toBe('2026-10-05');
    expect(clockOf('2026-11-25', london).due).toBe('2026-12-29');
  });

  test('T19: a period that starts when identity information has come', () => {
    const clock = clockOf('2026-05-01', {
      regime: uk,
      calendar: england,
      zone: 'Europe/London',
      identityReceived: '2026-05-11',
    });
    expect(clock).toMatchObject({ due: '2026-06-11', ifPaused: null });
  });

  test('T20: a pause that the statute takes out, both days included, for the extension as well', () => {
    const pauses = [{ kind: 'scope', from: '2026-03-05', to: '2026-03-12' }] as const;
    const scene = { regime: uk, calendar: england, zone: 'Europe/London', pauses };
    expect(clockOf('2026-03-02', { ...scene, right: 'access' })).toMatchObject({
      due: '2026-04-10',
      extensionNoticeBy: '2026-04-10',
      extendedDue: '2026-06-10',
    });
    expect(clockOf('2026-03-02', { ...scene, right: 'erasure' }).due).toBe('2026-04-02');
  });
});

describe('a file with a mistake is refused, with its place', () => {
  test.each([
    ['no source', { respond: { months: 1, article: 'Art 12(3)', from: 'statute' } }, 'eu-gdpr, respond'],
    ['two units', { respond: { months: 1, days: 30, ...sourced } }, 'eu-gdpr, respond'],
    ['no unit', { respond: { ...sourced } }, 'eu-gdpr, respond'],
    ['half a month', { respond: { months: 0.5, ...sourced } }, 'eu-gdpr, respond'],
    [
      'an extension without a length',
      { respond: { months: 1, ...sourced, extend: { total: {}, ...sourced } } },
      'extend',
    ],
    ['no id', { id: '' }, 'regime'],
    ['no rights', { rights: undefined }, 'eu-gdpr'],
  ])('a regime with %s', (_, change, place) => {
    expect(() => compileRegime({ ...gdpr, ...change })).toThrow(
      expect.objectContaining({ code: 'REGIME_INVALID', place: expect.stringContaining(place) }),
    );
  });

  test.each([
    [null],
    [{}],
    [{ id: 'XX', years: {} }],
    [{ id: 'XX', years: { 2026: '01-01', 2028: '' } }],
    [{ id: 'XX', years: { 2026: '1.1.' } }],
  ])('the calendar %j', (file) => {
    expect(() => compileCalendar(file)).toThrow(expect.objectContaining({ code: 'CALENDAR_INVALID' }));
  });

  test('what the law page could not read is marked unverified', () => {
    expect(gdpr.pauses?.scope?.unverified).toBe(true);
    expect(gdpr.respond?.unverified).toBeUndefined();
  });
});

test('the calendar files are what the script extracts', () => {
  for (const id of ['DE', 'GB-SCT']) {
    expect(compileCalendar(extract(id))).toEqual(calendarOf(id));
  }
});
