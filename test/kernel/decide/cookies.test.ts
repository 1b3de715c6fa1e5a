import { describe, expect, test } from '@jest/globals';
import { decideCookie } from '../../../packages/core/src/kernel/decide/decideCookie.ts';
import type { ConsentEvent } from '../../../packages/core/src/kernel/decision.ts';
import { NOW, policy } from './ask.ts';

const said = (flag: string, what: ConsentEvent['what'], minutesAgo: number): ConsentEvent => ({
  flag,
  what,
  at: new Date(NOW.getTime() - minutesAgo * 60_000),
});
const outcome = (kind: string, history: readonly ConsentEvent[] = []): string =>
  decideCookie(policy, kind, history, NOW).outcome;

describe('cookies', () => {
  test('sdance-ai.cookie.necessary: are never held back, not even after a refusal of all others', () => {
    expect(outcome('necessary')).toBe('permitted');
    expect(
      outcome('necessary', [said('analytics-cookies', 'withdrawn', 1), said('performance-cookies', 'withdrawn', 1)]),
    ).toBe('permitted');
  });

  test.each([
    ['sdance-ai.cookie.analytics', 'analytics'],
    ['sdance-ai.cookie.performance', 'performance'],
  ])('%s: are held back until consent, each kind by itself', (clause, kind) => {
    expect(decideCookie(policy, kind, [], NOW)).toMatchObject({
      outcome: 'forbidden',
      because: [{ rule: `cookies.${kind}`, clause }],
    });
    expect(outcome(kind, [said(`${kind}-cookies`, 'given', 1)])).toBe('permitted');
    const other = kind === 'analytics' ? 'performance' : 'analytics';
    expect(outcome(kind, [said(`${other}-cookies`, 'given', 1)])).toBe('forbidden');
  });

  test('a refusal holds from the next decision on, and can be changed again (part of sdance-ai.cookie.control)', () => {
    const history = [said('analytics-cookies', 'given', 30), said('analytics-cookies', 'withdrawn', 20)];
    expect(outcome('analytics', history)).toBe('forbidden');
    expect(outcome('analytics', [...history, said('analytics-cookies', 'given', 10)])).toBe('permitted');
  });

  test('an objection to what a kind serves holds it back, until the consent is given anew (part of sdance-ai.right.objection)', () => {
    const given = said('analytics-cookies', 'given', 30);
    const objection = { purpose: 'analytics', what: 'objected', at: new Date(NOW.getTime() - 20 * 60_000) } as const;
    const outcomeAfter = (...history: ConsentEvent[]): string =>
      decideCookie(policy, 'analytics', history, NOW, undefined, [objection]).outcome;
    expect(outcomeAfter(given)).toBe('forbidden');
    expect(outcomeAfter(given, said('analytics-cookies', 'given', 10))).toBe('permitted');
    expect(decideCookie(policy, 'necessary', [], NOW, undefined, [objection]).outcome).toBe('permitted');
  });

  test('web beacons and local storage are governed as cookies are (part of sdance-ai.cookie.similar)', () => {
    const waiting = policy.cookies.filter((cookie) => cookie.needsConsent);
    expect(waiting.map((cookie) => cookie.technologies)).toEqual([
      ['cookie', 'web-beacon', 'local-storage'],
      ['cookie', 'web-beacon', 'local-storage'],
    ]);
  });

  test('a kind that the notice does not name is refused by name', () => {
    expect(() => outcome('analytic')).toThrow(
      expect.objectContaining({ code: 'QUESTION_INVALID', remedy: 'did you mean "analytics"?' }),
    );
  });
});
