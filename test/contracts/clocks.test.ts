import { afterEach, describe, expect, test } from '@jest/globals';
import { settableClock } from '../../packages/core/src/adapters/clock/settableClock.ts';
import { systemClock } from '../../packages/core/src/adapters/clock/systemClock.ts';

const RECEIVED = new Date('2026-03-02T09:00:00.000Z');

describe('a clock that can be set', () => {
  const before = process.env.NODE_ENV;
  afterEach(() => {
    process.env.NODE_ENV = before;
  });

  test('stands still until it is told otherwise', () => {
    const clock = settableClock(RECEIVED);

    expect(clock.now()).toEqual(RECEIVED);
    expect(clock.forward({ days: 30, hours: 1, minutes: 2, seconds: 3 })).toEqual(new Date('2026-04-01T10:02:03.000Z'));
    expect(clock.now()).toEqual(new Date('2026-04-01T10:02:03.000Z'));
    clock.set(new Date('2026-05-01T00:00:00.000Z'));
    expect(clock.now()).toEqual(new Date('2026-05-01T00:00:00.000Z'));
  });

  test('never goes back', () => {
    const clock = settableClock(RECEIVED);
    const backwards = expect.objectContaining({ code: 'CLOCK_BACKWARDS' });

    expect(() => clock.set(new Date(RECEIVED.getTime() - 1))).toThrow(backwards);
    expect(() => clock.forward({ days: -1 })).toThrow(backwards);
    expect(clock.now()).toEqual(RECEIVED);
    clock.set(RECEIVED);
  });

  test('refuses what is no instant and stays where it was', () => {
    const clock = settableClock(RECEIVED);
    const invalid = expect.objectContaining({ code: 'CLOCK_INVALID' });

    expect(() => clock.set(new Date('yesterday'))).toThrow(invalid);
    expect(() => clock.forward({ days: Number.NaN })).toThrow(invalid);
    expect(() => clock.forward({ days: Number.POSITIVE_INFINITY })).toThrow(invalid);
    expect(() => settableClock(new Date(Number.NaN))).toThrow(invalid);
    expect(clock.now()).toEqual(RECEIVED);
  });

  test('what it hands out and takes is its own: changing it changes no time', () => {
    const start = new Date(RECEIVED);
    const clock = settableClock(start);
    start.setFullYear(1999);
    clock.now().setFullYear(1999);

    expect(clock.now()).toEqual(RECEIVED);
  });

  test('runs on from the instant it was set to, for a demo', () => {
    const clock = settableClock(RECEIVED, { running: true });
    const until = performance.now() + 3;
    while (performance.now() < until);

    expect(clock.now().getTime()).toBeGreaterThanOrEqual(RECEIVED.getTime() + 2);
    expect(clock.now().getTime()).toBeLessThan(RECEIVED.getTime() + 60_000);
    clock.forward({ days: 30 });
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(RECEIVED.getTime() + 30 * 86_400_000);
  });

  test('is refused in production', () => {
    process.env.NODE_ENV = 'production';

    expect(() => settableClock(RECEIVED)).toThrow(expect.objectContaining({ code: 'CLOCK_REFUSED' }));
    expect(systemClock.now().getTime()).toBeGreaterThan(RECEIVED.getTime());
  });
});
