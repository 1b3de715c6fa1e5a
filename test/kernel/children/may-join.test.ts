import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { loadRegimes } from '../../../packages/core/src/adapters/policy/loadRegime.ts';
import { mayJoin } from '../../../packages/core/src/kernel/children/mayJoin.ts';
import type { Newcomer } from '../../../packages/core/src/kernel/children/newcomer.ts';
import type { Decision } from '../../../packages/core/src/kernel/decision.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';
import { type AgeRule, leastAges } from '../../../packages/core/src/kernel/residence/leastAges.ts';

const NOW = new Date('2026-03-03T08:00:00Z');
const sdance = await loadPack('sdance-ai');
const adults = await loadPack('seedance25');
const silent = await loadPack('seedream4');
const statutes: AgeRule[] = (await loadRegimes()).flatMap(({ children, residents }) =>
  children ? [{ ...children, residents }] : [],
);

const ask = (newcomer: Newcomer, policy: Policy = sdance): Decision => mayJoin(policy, statutes, newcomer, NOW);
const outcome = (newcomer: Newcomer, policy?: Policy): string => ask(newcomer, policy).outcome;

describe('who may join', () => {
  test('sdance-ai.children.under-13: the threshold follows the jurisdiction, a state’s before its country’s', () => {
    const least: Record<string, number> = { SE: 13, AT: 14, FR: 15, DE: 16, KR: 14, 'CA-QC': 14, IN: 18, 'US-CA': 13 };
    for (const [country, age] of Object.entries(least)) {
      expect([country, outcome({ age, country })]).toEqual([country, 'permitted']);
      expect([country, outcome({ age: age - 1, country })]).toEqual([country, 'forbidden']);
    }
    expect(ask({ age: 13, country: 'CA' })).toMatchObject({ outcome: 'undetermined', missing: ['country'] });
    expect(outcome({ age: 13, country: 'CA-ON' })).toBe('permitted');
  });

  test('a refusal names the rule and its clause, and nothing of the person', () => {
    expect(ask({ birthDate: '2015-05-01', country: 'DE' })).toEqual({
      outcome: 'forbidden',
      because: [{ rule: 'children.minimum-age', clause: 'sdance-ai.children.under-13', text: 'below the age of 16' }],
      missing: [],
      terms: [],
    });
  });

  test('seedance25.children.under-18: under 18 nobody does where the notice says so, wherever they live', () => {
    for (const country of ['SE', 'US-CA', 'IN', undefined]) {
      const where = country && { country };
      expect(outcome({ age: 17, ...where }, adults)).toBe('forbidden');
      expect(outcome({ age: 18, ...where }, adults)).toBe('permitted');
    }
  });

  test('without a country, ages between the lowest and the highest threshold stay open', () => {
    expect(outcome({ age: 12 })).toBe('forbidden');
    expect(ask({ age: 13 })).toMatchObject({ outcome: 'undetermined', missing: ['country'] });
    expect(ask({ age: 17 })).toMatchObject({ outcome: 'undetermined', missing: ['country'] });
    expect(outcome({ age: 18 })).toBe('permitted');
  });

  test('who says no age is asked for one where the notice names one', () => {
    expect(ask({ country: 'DE' })).toMatchObject({ outcome: 'undetermined', missing: ['age'] });
    expect(ask({})).toMatchObject({ outcome: 'undetermined', missing: ['age'] });
    expect(outcome({ country: 'DE' }, silent)).toBe('permitted');
  });

  test('where the notice names none the statutes’ ages hold by themselves, and where it names a younger one too', () => {
    expect(outcome({ age: 12, country: 'US-CA' }, silent)).toBe('forbidden');
    expect(outcome({ age: 15, country: 'DE' }, silent)).toBe('forbidden');
    const young = { ...sdance, children: { minimumAge: 10, byCountry: {}, clause: 'x' } };
    expect(outcome({ age: 15, country: 'DE' }, young)).toBe('forbidden');
  });
});

describe('how old somebody is', () => {
  test('with a year alone the youngest possible age counts', () => {
    expect(outcome({ birthYear: 2010, country: 'DE' })).toBe('forbidden');
    expect(outcome({ birthYear: 2009, country: 'DE' })).toBe('permitted');
  });

  test('a birthday counts from its day on in the controller’s zone, one of 29 February from 1 March on', () => {
    expect(outcome({ birthDate: '2010-03-03', country: 'DE' })).toBe('permitted');
    expect(outcome({ birthDate: '2010-03-04', country: 'DE' })).toBe('forbidden');
    const leap = { birthDate: '2008-02-29', country: 'IN' };
    expect(mayJoin(sdance, statutes, leap, new Date('2026-02-28T12:00:00Z')).outcome).toBe('forbidden');
    expect(mayJoin(sdance, statutes, leap, new Date('2026-02-28T23:00:00Z')).outcome).toBe('permitted');
  });

  test('of several statements the youngest counts', () => {
    expect(outcome({ age: 30, birthYear: 2015, country: 'DE' })).toBe('forbidden');
    expect(outcome({ age: 12, birthDate: '1990-01-01', country: 'DE' })).toBe('forbidden');
  });

  test('what is no age, date or code is refused, and not repeated', () => {
    const bad = [
      { age: -1 },
      { age: 13.5 },
      { age: '18' },
      { age: Number.NaN },
      { age: { $gt: 0 } },
      { birthYear: 2027 },
      { birthYear: 26 },
      { birthDate: '2010-02-30' },
      { birthDate: '2027-01-01' },
      { birthDate: 20100101 },
      { age: 20, country: 'Germany' },
      { age: 20, country: { $ne: '' } },
      undefined,
      null,
      'somebody',
    ] as Newcomer[];
    for (const each of bad) {
      expect(() => ask(each)).toThrow(expect.objectContaining({ code: expect.stringMatching(/_INVALID$/) }));
    }
  });

  test('nobody comes in by being younger, nor by leaving out where they live', () => {
    const codes = Object.keys(sdance.children?.byCountry ?? {});
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.constantFrom(...codes, 'US', 'CA', 'TH'), (age, country) => {
        const rank = (each: Newcomer): number => ['forbidden', 'undetermined', 'permitted'].indexOf(outcome(each));
        expect(rank({ age: age - 1, country })).toBeLessThanOrEqual(rank({ age, country }));
        if (rank({ age }) === 2) expect(rank({ age, country })).toBe(2);
      }),
      { seed: 13, numRuns: 300 },
    );
  });
});

test('of rules that meet the highest age holds', () => {
  const rules = [
    { minimumAge: 13 },
    { minimumAge: 16, residents: ['DE', 'XA'] },
    { minimumAge: 12, byCountry: { AT: 14 } },
  ];
  expect(leastAges('DE', rules)).toEqual([16]);
  expect(leastAges('AT', rules)).toEqual([14]);
  expect(leastAges('TH', rules)).toEqual([13]);
  expect(leastAges(undefined, rules)).toEqual([13, 14, 16]);
});
