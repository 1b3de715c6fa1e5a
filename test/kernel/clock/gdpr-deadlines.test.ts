import { describe, expect, test } from '@jest/globals';
import { alarmDate } from '../../../packages/core/src/kernel/clock/deadlines.ts';
import { calendarOf, clockOf, gdpr, thirtyDays } from './scene.ts';

describe('the answer to a request is due one month after its receipt (Article 12(3))', () => {
  test.each([
    ['T01', 'DE', '2026-01-31', '2026-02-28', '2026-03-02'],
    ['T02', 'DE', '2026-03-05', '2026-04-05', '2026-04-07'],
    ['T02', 'FR', '2026-03-05', '2026-04-05', '2026-04-07'],
    ['T02', 'IE', '2026-03-05', '2026-04-05', '2026-04-07'],
    ['T02', 'NL', '2026-03-05', '2026-04-05', '2026-04-07'],
    ['T04', 'DE', '2024-01-31', '2024-02-29', '2024-02-29'],
    ['T06', 'DE', '2026-09-03', '2026-10-03', '2026-10-05'],
    ['T07', 'DE', '2026-04-01', '2026-05-01', '2026-05-04'],
    ['T07', 'IE', '2026-04-01', '2026-05-01', '2026-05-01'],
    ['T08', 'DE', '2026-11-25', '2026-12-25', '2026-12-28'],
  ])('%s: in %s, received on %s, it is nominally due on %s and in fact on %s', (_, id, received, nominal, due) => {
    const clock = clockOf(received, { calendar: calendarOf(id) });
    expect(clock).toMatchObject({ nominal, due, earliest: nominal, ifPaused: null, promiseDue: null });
  });

  test('the rules say which article spoke and where the date moved', () => {
    expect(clockOf('2026-01-31', { right: 'erasure', promises: thirtyDays }).rules).toEqual([
      'eu-gdpr.respond Art 12(3)',
      'eu-gdpr.rights.erasure Art 17',
      'eu-gdpr.starts on receipt Art 12(3) (unverified)',
      'no day 31 in 2026-02, so its last day',
      'Reg 1182/71 Art 3(4) roll from 2026-02-28',
      'eu-gdpr.earliest unrolled Art 12(3)',
      'eu-gdpr.respond.extend Art 12(3)',
      'promise P30D sdance-ai.contact.thirty-days',
    ]);
  });

  test('a withdrawn consent takes effect at once; the month is for the answer only', () => {
    expect(clockOf('2026-03-05', { right: 'withdraw-consent' }).rules.join()).toContain('takes effect at once');
  });
});

describe('an extension ends three months after the original receipt', () => {
  test('T10: from 5 March it ends on 5 June, and is told by the end of the first window', () => {
    expect(clockOf('2026-03-05')).toMatchObject({ extendedDue: '2026-06-05', extensionNoticeBy: '2026-04-07' });
  });
  test('T11: from 31 January it ends on 30 April, neither on 28 April nor on 1 May', () => {
    expect(clockOf('2026-01-31').extendedDue).toBe('2026-04-30');
  });
  test('T12: from 30 November it ends on the Monday after 28 February', () => {
    expect(clockOf('2026-11-30')).toMatchObject({ extendedDue: '2027-03-01', extensionNoticeBy: '2026-12-30' });
  });

  test('it never changes what the first window was', () => {
    expect(clockOf('2026-03-05', { extendedOn: '2026-03-20' })).toEqual(clockOf('2026-03-05'));
  });
  test('it can still be told on the last day of the rolled window', () => {
    expect(clockOf('2026-03-05', { extendedOn: '2026-04-07' }).extendedDue).toBe('2026-06-05');
  });
  test('one day later it is refused', () => {
    expect(() => clockOf('2026-03-05', { extendedOn: '2026-04-08' })).toThrow(
      expect.objectContaining({
        name: 'KeptError',
        code: 'EXTENSION_TOO_LATE',
        remedy: expect.stringContaining('late'),
      }),
    );
  });
  test('it cannot be older than the request', () => {
    expect(() => clockOf('2026-03-05', { extendedOn: '2026-03-04' })).toThrow(
      expect.objectContaining({ code: 'EXTENSION_INVALID' }),
    );
  });
  test('an acknowledgement cannot be extended', () => {
    expect(() => clockOf('2026-03-05', { kind: 'acknowledge', extendedOn: '2026-03-06' })).toThrow(
      expect.objectContaining({ code: 'EXTENSION_INVALID' }),
    );
  });
});

describe('an open question to the person is a defence and moves no date', () => {
  const asked = { kind: 'identity', from: '2026-02-11', to: '2026-02-20' } as const;

  test('T15: nine days, the day of asking excluded, and the date itself stays', () => {
    expect(clockOf('2026-02-10', { pauses: [asked] })).toMatchObject({
      nominal: '2026-03-10',
      due: '2026-03-10',
      earliest: '2026-03-10',
      ifPaused: '2026-03-19',
    });
  });
  test('identity information that was there before the request came was not waited for', () => {
    expect(clockOf('2026-02-10', { identityReceived: '2026-02-09' })).toEqual(clockOf('2026-02-10'));
    expect(clockOf('2026-02-10', { identityReceived: '2026-02-11' }).ifPaused).toBe('2026-03-11');
  });

  test('the arrival of identity information beside the pause counts no day twice', () => {
    expect(clockOf('2026-02-10', { pauses: [asked], identityReceived: '2026-02-20' }).ifPaused).toBe('2026-03-19');
  });
  test('days that two questions share are counted once', () => {
    const scope = { kind: 'scope', from: '2026-02-15', to: '2026-02-22' } as const;
    expect(clockOf('2026-02-10', { right: 'access', pauses: [scope, asked] }).ifPaused).toBe('2026-03-23');
  });
  test('a question of scope counts for access only', () => {
    const scope = { kind: 'scope', from: '2026-02-11', to: '2026-02-20' } as const;
    expect(clockOf('2026-02-10', { right: 'erasure', pauses: [scope] }).ifPaused).toBeNull();
    expect(clockOf('2026-02-10', { right: 'access', pauses: [scope] }).ifPaused).toBe('2026-03-19');
  });
  test('a question asked after the month has ended takes out nothing', () => {
    const late = { kind: 'identity', from: '2026-03-12', to: '2026-03-20' } as const;
    expect(clockOf('2026-02-10', { pauses: [late] }).ifPaused).toBe('2026-03-10');
  });
  test.each([
    ['answered before it was asked', '2026-02-20', '2026-02-11'],
    ['asked before the request came', '2026-02-09', '2026-02-11'],
  ])('a question %s is refused', (_, from, to) => {
    expect(() => clockOf('2026-02-10', { pauses: [{ kind: 'identity', from, to }] })).toThrow(
      expect.objectContaining({ code: 'PAUSE_INVALID' }),
    );
  });
});

describe('a promise is a clock beside the statute', () => {
  test('sdance-ai.contact.thirty-days: from 1 March the promise ends on the 31st, a day before the month', () => {
    const clock = clockOf('2026-03-01', { promises: thirtyDays });
    expect(clock).toMatchObject({ promiseDue: '2026-03-31', nominal: '2026-04-01', due: '2026-04-01' });
    expect(alarmDate(clock, false)).toBe('2026-03-31');
  });
  test('sdance-ai.contact.thirty-days: an extension of the statute does not move it', () => {
    const clock = clockOf('2026-03-01', { promises: thirtyDays, extendedOn: '2026-03-10' });
    expect(clock.promiseDue).toBe('2026-03-31');
    expect(alarmDate(clock, true)).toBe('2026-03-31');
  });
  test('sdance-ai.contact.thirty-days: where February makes the month shorter, the alarm is the month', () => {
    expect(alarmDate(clockOf('2026-01-31', { promises: thirtyDays }), false)).toBe('2026-02-28');
  });
  test('sdance-ai.contact.thirty-days: what has no statutory clock still has the promise', () => {
    const clock = clockOf('2026-03-01', { promises: thirtyDays, kind: 'complaint' });
    expect(clock).toMatchObject({ due: null, promiseDue: '2026-03-31' });
    expect(alarmDate(clock, false)).toBe('2026-03-31');
  });
  test('without a promise an extension moves the alarm to its own end', () => {
    expect(alarmDate(clockOf('2026-03-05'), true)).toBe('2026-06-05');
  });
  test('where neither law nor promise sets a date, there is no alarm to invent', () => {
    expect(() => alarmDate(clockOf('2026-03-05', { kind: 'appeal' }), false)).toThrow(
      expect.objectContaining({ code: 'NO_DEADLINE' }),
    );
  });
});

describe('an acknowledgement goes out within three business days, by our own choice', () => {
  test.each([
    ['2026-03-02', '2026-03-05', 'Monday to Thursday'],
    ['2026-03-05', '2026-03-10', 'over a weekend'],
    ['2026-04-02', '2026-04-09', 'over Easter'],
  ])('received on %s, it is due on %s: %s', (received, due) => {
    expect(clockOf(received, { kind: 'acknowledge', promises: thirtyDays })).toMatchObject({
      due,
      extendedDue: null,
      promiseDue: null,
    });
    expect(gdpr.acknowledge?.from).toBe('operator');
  });
});
