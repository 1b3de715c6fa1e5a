import { describe, expect, test } from '@jest/globals';
import { breachDue } from '../../../packages/core/src/kernel/clock/breachDue.ts';
import type { Clock, ClockEvents } from '../../../packages/core/src/kernel/clock/deadlines.ts';
import { Temporal } from '../../../packages/core/src/kernel/clock/temporal.ts';
import { clockUnder } from './scene.ts';

type Dates = Partial<Omit<Clock, 'rules'>>;
type Beside = Partial<Omit<ClockEvents, 'receivedAt'>> & { calendar?: string };
type Example = readonly [id: string, regime: string, received: string, dates: Dates, beside?: Beside];

/** A worked example under one law each; the date of receipt is that of the controller. */
function worked(examples: readonly Example[]): void {
  test.each(examples)('%s: under %s, received on %s', (_, regime, received, dates, beside = {}) => {
    expect(clockUnder(regime, received, beside)).toMatchObject(dates);
  });
}

describe('a month of the Union ends on the same day number, and rolls on the holidays of the member state', () => {
  worked([
    ['T01', 'eu-gdpr', '2026-01-31', { nominal: '2026-02-28', due: '2026-03-02' }, { calendar: 'DE' }],
    ['T02', 'eu-gdpr', '2026-03-05', { nominal: '2026-04-05', due: '2026-04-07' }, { calendar: 'DE' }],
    ['T04', 'eu-gdpr', '2024-01-31', { nominal: '2024-02-29', due: '2024-02-29' }, { calendar: 'DE' }],
    ['T06', 'eu-gdpr', '2026-09-03', { nominal: '2026-10-03', due: '2026-10-05' }, { calendar: 'DE' }],
    ['T07a', 'eu-gdpr', '2026-04-01', { nominal: '2026-05-01', due: '2026-05-04' }, { calendar: 'DE' }],
    ['T07b', 'eu-gdpr', '2026-04-01', { nominal: '2026-05-01', due: '2026-05-01' }, { calendar: 'IE' }],
    ['T08a', 'eu-gdpr', '2026-11-25', { nominal: '2026-12-25', due: '2026-12-28' }, { calendar: 'DE' }],
    [
      'T10',
      'eu-gdpr',
      '2026-03-05',
      { extendedDue: '2026-06-05', extensionNoticeBy: '2026-04-07' },
      { calendar: 'DE' },
    ],
    ['T11', 'eu-gdpr', '2026-01-31', { extendedDue: '2026-04-30', extendedEarliest: '2026-04-30' }, { calendar: 'DE' }],
    [
      'T12',
      'eu-gdpr',
      '2026-11-30',
      { extendedEarliest: '2027-02-28', extendedDue: '2027-03-01', extensionNoticeBy: '2026-12-30' },
      { calendar: 'DE' },
    ],
    [
      'T15',
      'eu-gdpr',
      '2026-02-10',
      { nominal: '2026-03-10', due: '2026-03-10', earliest: '2026-03-10', ifPaused: '2026-03-19' },
      { calendar: 'DE', pauses: [{ kind: 'identity', from: '2026-02-11', to: '2026-02-20' }] },
    ],
  ]);
});

describe('a month of the United Kingdom begins with the relevant time, and the days of a question of scope are taken out', () => {
  worked([
    ['T08b', 'uk-gdpr', '2026-11-25', { nominal: '2026-12-25', due: '2026-12-29', earliest: '2026-12-25' }],
    ['T18', 'uk-gdpr', '2026-09-03', { nominal: '2026-10-03', due: '2026-10-05', earliest: '2026-10-03' }],
    [
      'T19',
      'uk-gdpr',
      '2026-05-01',
      { due: '2026-06-11', earliest: '2026-06-11', ifPaused: null },
      { identityReceived: '2026-05-11' },
    ],
    [
      'T20',
      'uk-gdpr',
      '2026-03-02',
      { due: '2026-04-10', earliest: '2026-04-10', extensionNoticeBy: '2026-04-10', extendedDue: '2026-06-10' },
      { right: 'access', pauses: [{ kind: 'scope', from: '2026-03-05', to: '2026-03-12' }] },
    ],
  ]);

  test('T19 told as a pause for identity starts the month at its end as well', () => {
    const pauses = [{ kind: 'identity', from: '2026-05-02', to: '2026-05-11' }] as const;
    expect(clockUnder('uk-gdpr', '2026-05-01', { pauses })).toMatchObject({ due: '2026-06-11', ifPaused: null });
  });

  test('an opt-out starts late for the same reasons as an answer', () => {
    const optout = { kind: 'optout', right: 'optout-marketing', identityReceived: '2026-05-11' } as const;
    expect(clockUnder('uk-gdpr', '2026-05-01', optout).due).toBe('2026-06-11');
  });

  test('the latest of receipt, identity and fee is the relevant time, and the extension runs from it', () => {
    const both = { identityReceived: '2026-05-11', feePaid: '2026-05-13' };
    expect(clockUnder('uk-gdpr', '2026-05-01', both)).toMatchObject({
      nominal: '2026-06-13',
      extendedDue: '2026-08-13',
    });
    expect(clockUnder('uk-gdpr', '2026-05-20', both)).toMatchObject({ nominal: '2026-06-20' });
  });

  test('T20 for another right than access: a question of scope stops nothing', () => {
    const pauses = [{ kind: 'scope', from: '2026-03-05', to: '2026-03-12' }] as const;
    const clock = clockUnder('uk-gdpr', '2026-03-02', { right: 'erasure', pauses });
    expect(clock).toMatchObject({ due: '2026-04-02', ifPaused: null });
  });

  test('a complaint is acknowledged within thirty days, and nobody can call the thirtieth with its first day late', () => {
    const asked = { right: 'access', identityReceived: '2026-07-20', kind: 'complaint' } as const;
    const pauses = [{ kind: 'scope', from: '2026-07-03', to: '2026-07-12' }] as const;
    const clock = clockUnder('uk-gdpr', '2026-07-01', { ...asked, pauses });
    expect(clock).toMatchObject({
      nominal: '2026-07-31',
      due: '2026-07-31',
      earliest: '2026-07-30',
      extendedDue: null,
    });
    expect(clock.rules).toContain('uk-gdpr.complaint DPA 2018 s.164A (unverified)');
  });
});

describe('California is read in two ways, and timers take the stricter', () => {
  worked([
    ['T23', 'us-ca', '2026-06-12', { due: '2026-06-29', earliest: '2026-06-24' }, { kind: 'acknowledge' }],
    ['T24', 'us-ca', '2026-06-12', { due: '2026-07-27', earliest: '2026-07-26', extendedDue: '2026-09-10' }],
  ]);

  test('an opt-out of sale is done within fifteen business days, Saturdays counted or not', () => {
    const clock = clockUnder('us-ca', '2026-06-12', { kind: 'optout', right: 'optout-sale' });
    expect(clock).toMatchObject({ due: '2026-07-07', earliest: '2026-06-30', extendedDue: null });
    expect(clock.rules).toContain('us-ca.optout 11 CCR 7026(f), 7027(g) (unverified)');
  });

  test.each([
    ['Cesar Chavez Day, which only the later reading skips', '2026-03-30', '2026-04-14', '2026-04-10'],
    ['the Friday after Thanksgiving, which only the later reading skips', '2026-11-24', '2026-12-10', '2026-12-07'],
    ['4 July on a Saturday, and no Friday instead of it', '2026-06-26', '2026-07-13', '2026-07-09'],
    ['Christmas and New Year, which both skip', '2026-12-23', '2027-01-08', '2027-01-06'],
  ])('ten business days over %s', (_, received, due, earliest) => {
    expect(clockUnder('us-ca', received, { kind: 'acknowledge' })).toMatchObject({ due, earliest });
  });

  test('with a calendar that does not say what is beyond dispute, the strictest reading skips Sundays alone', () => {
    const clock = clockUnder('us-ca', '2026-06-26', { kind: 'acknowledge', calendar: 'US' });
    expect(clock.earliest).toBe('2026-07-08');
  });
});

describe('days are calendar days, and most laws move no end of them', () => {
  worked([
    ['T28', 'us-va', '2026-02-14', { due: '2026-03-31', earliest: '2026-03-31', extendedDue: '2026-05-15' }],
    ['T31', 'us-ia', '2026-01-01', { due: '2026-04-01', extendedDue: '2026-05-16' }],
    ['T33', 'br-lgpd', '2026-03-03', { due: '2026-03-18', extendedDue: null }],
    ['T35', 'ca-qc', '2026-03-02', { due: '2026-04-01', extendedDue: null }],
    ['T37', 'kr-pipa', '2026-09-21', { due: '2026-10-01', extendedDue: null, extensionNoticeBy: '2026-10-01' }],
  ]);

  test('South Africa moves an end on a Sunday or a holiday, and leaves it on a Saturday', () => {
    expect(clockUnder('za-popia', '2026-03-06')).toMatchObject({ nominal: '2026-04-05', due: '2026-04-07' });
    expect(clockUnder('za-popia', '2026-03-12')).toMatchObject({ nominal: '2026-04-11', due: '2026-04-11' });
  });

  test('an appeal has its own period, where the state has one', () => {
    const appeal = (regime: string) => clockUnder(regime, '2026-03-02', { kind: 'appeal' });
    expect(appeal('us-co')).toMatchObject({ due: '2026-04-16', extendedDue: '2026-06-15' });
    expect(appeal('us-va')).toMatchObject({ due: '2026-05-01', extendedDue: null });
    expect(appeal('us-ut')).toMatchObject({ due: null, rules: ['us-ut has no appeal clock'] });
    expect(appeal('us-ca').due).toBeNull();
  });

  test('a revoked consent has fifteen days in Rhode Island, and everything else forty-five', () => {
    const asked = (right: 'access' | 'withdraw-consent') => clockUnder('us-ri', '2026-03-02', { right }).due;
    expect([asked('withdraw-consent'), asked('access')]).toEqual(['2026-03-17', '2026-04-16']);
  });

  test('a law that does not apply yet says from when', () => {
    expect(clockUnder('us-ok', '2026-12-31').rules).toContain('us-ok applies from 2027-01-01');
    expect(clockUnder('us-ok', '2027-01-01').rules.join()).not.toContain('applies from');
  });

  test('nobody waits longer where the residence is unknown than three business days and ten days', () => {
    expect(clockUnder('unknown', '2026-03-06')).toMatchObject({ due: '2026-03-16', extendedDue: null });
    expect(clockUnder('unknown', '2026-03-06', { kind: 'acknowledge' }).due).toBe('2026-03-11');
    expect(clockUnder('unknown', '2026-03-06', { kind: 'optout' }).due).toBe('2026-03-06');
  });
});

test('T39: a breach is told within 72 hours, which the change of the clocks does not shorten', () => {
  const due = breachDue(new Date('2026-03-28T10:00:00+01:00'));
  const local = Temporal.Instant.fromEpochMilliseconds(due.getTime()).toZonedDateTimeISO('Europe/Berlin');
  expect(local.toString()).toBe('2026-03-31T11:00:00+02:00[Europe/Berlin]');
  expect(() => breachDue(new Date('soon'))).toThrow(expect.objectContaining({ code: 'RECEIVED_INVALID' }));
});
