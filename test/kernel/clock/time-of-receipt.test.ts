import { describe, expect, test } from '@jest/globals';
import { instantOf } from '../../../packages/core/src/kernel/clock/localDate.ts';
import { clockOf, thirtyDays } from './scene.ts';

describe('days are counted in the zone of the controller', () => {
  test('one minute before midnight in Berlin is still that day', () => {
    expect(clockOf('2026-03-05T23:59').nominal).toBe('2026-04-05');
    expect(clockOf('2026-03-06T00:00').nominal).toBe('2026-04-06');
  });

  test('where the UTC date is the earlier one, the strictest reading counts from it', () => {
    expect(clockOf('2026-05-11T00:30')).toMatchObject({
      nominal: '2026-06-11',
      due: '2026-06-11',
      earliest: '2026-06-10',
    });
  });

  test('where the UTC date is the later one, the strictest reading stays with the local date', () => {
    const clock = clockOf('2026-05-11T22:30', { zone: 'America/New_York' });
    expect(clock).toMatchObject({ nominal: '2026-06-11', earliest: '2026-06-11' });
  });

  test('the change to summer time moves no date', () => {
    expect(clockOf('2026-03-29T01:59').nominal).toBe('2026-04-29');
    expect(clockOf('2026-03-29T03:00').nominal).toBe('2026-04-29');
    expect(clockOf('2026-10-25T00:30+02:00').nominal).toBe('2026-11-25');
    expect(clockOf('2026-10-25T23:30+01:00').nominal).toBe('2026-11-25');
  });

  test('a leap day and the end of a year are days like others', () => {
    expect(clockOf('2028-02-29')).toMatchObject({ nominal: '2028-03-29', extendedDue: '2028-05-29' });
    expect(clockOf('2026-12-31', { promises: thirtyDays })).toMatchObject({
      nominal: '2027-01-31',
      due: '2027-02-01',
      promiseDue: '2027-01-30',
    });
  });

  test.each(['Pacific/Kiritimati', 'Pacific/Apia', 'Europe/Berlin', 'UTC', 'America/Los_Angeles', 'Pacific/Pago_Pago'])(
    'a bare date is that date in %s, and its strictest reading too',
    (zone) => {
      expect(clockOf('2026-05-11', { zone })).toMatchObject({ nominal: '2026-06-11', earliest: '2026-06-11' });
    },
  );
});

describe('what is no time is refused, with the way to write it', () => {
  test.each(['Europe/Atlantis', '+02:00', '', '2026-01-01T00:00[Europe/Berlin]'])('the zone "%s"', (zone) => {
    expect(() => clockOf('2026-03-05T10:00:00Z', { zone })).toThrow(expect.objectContaining({ code: 'ZONE_INVALID' }));
  });

  test.each(['2026-02-30', 'yesterday', '2026-13-01', '05.03.2026', '2026-03-05T25:00', '2026-03-05 10:00 CET'])(
    'the time of receipt "%s"',
    (received) => {
      expect(() => instantOf(received, 'Europe/Berlin')).toThrow(expect.objectContaining({ code: 'RECEIVED_INVALID' }));
    },
  );

  test.each(['2026-02-30', '2026-3-5', 'soon'])('the day "%s"', (extendedOn) => {
    expect(() => clockOf('2026-03-05', { extendedOn })).toThrow(expect.objectContaining({ code: 'DATE_INVALID' }));
  });

  test.each(['30 days', 'P0D', '-P30D', 'PT720H', ''])('the promise "%s"', (respondWithin) => {
    expect(() => clockOf('2026-03-05', { promises: { respondWithin } })).toThrow(
      expect.objectContaining({ code: 'PROMISE_INVALID' }),
    );
  });
});
