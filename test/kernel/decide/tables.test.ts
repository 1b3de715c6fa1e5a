import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { decide } from '../../../packages/core/src/kernel/decide/decide.ts';
import { tableOf } from '../../../packages/core/src/kernel/decide/policyTable.ts';
import { weigh } from '../../../packages/core/src/kernel/decide/weigh.ts';
import type { Decision, Facts, Question } from '../../../packages/core/src/kernel/decision.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';
import { NOW, policy } from './ask.ts';

const packs = ['sdance-ai', 'seedance25', 'seedream4', 'stripe-paypal-studio', 'seedance-api'];
const policies: readonly Policy[] = await Promise.all(packs.map((pack) => loadPack(pack)));
const nobody: Facts = { consents: [], objections: [], restricted: false, held: false };
const training: Question = { purpose: 'training', category: 'generation.output' };
const minutes = (count: number): Date => new Date(NOW.getTime() + count * 60_000);

/** What the rules say when they are read one by one, without any table. */
const read = (one: Policy, facts: Facts, question: Question, now: Date): Decision =>
  weigh({ policy: one, table: tableOf(one), facts, question, now });

const instants = fc.integer({ min: -4, max: 4 }).map(minutes);

function factsOf(one: Policy): fc.Arbitrary<Facts> {
  const purposes = [...one.vocabulary.purposes.map(({ name }) => name), 'no such purpose'];
  const flags = [...one.consents.map(({ flag }) => flag), 'no-such-flag'];
  const said = <What extends string>(...what: What[]): fc.Arbitrary<What> => fc.constantFrom(...what);
  return fc.record(
    {
      consents: fc.array(
        fc.record({ flag: fc.constantFrom(...flags), what: said('given', 'withdrawn'), at: instants }),
      ),
      objections: fc.array(
        fc.record({ purpose: fc.constantFrom(...purposes), what: said('objected', 'withdrawn'), at: instants }),
        { maxLength: 4 },
      ),
      restricted: fc.boolean(),
      held: fc.boolean(),
      country: fc.constantFrom('DE', 'US', 'US-CA', 'KR', 'GB', 'nowhere'),
      age: fc.integer({ min: 5, max: 40 }),
      visibility: said('private', 'link', 'public'),
    },
    { requiredKeys: ['consents', 'objections', 'restricted', 'held'] },
  );
}

function questionOf(one: Policy): fc.Arbitrary<Question> {
  const words = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name);
  return fc.record(
    {
      purpose: fc.constantFrom(...words(one.purposes), ...words(one.vocabulary.purposes)),
      category: fc.constantFrom(...words(one.categories), ...words(one.vocabulary.categories)),
      recipient: fc.constantFrom(...words(one.recipients), 'a stranger'),
      viewer: fc.constantFrom('owner', 'public', 'link', 'staff:safety.abuse', 'staff:marketing'),
      generation: fc.constantFrom('g1', ''),
      reference: fc.constant('case 12'),
      group: fc.integer({ min: 0, max: 30 }),
    },
    { requiredKeys: ['purpose', 'category'] },
  );
}

describe('a decision from the tables', () => {
  test.each(policies.map((one) => [one.pack, one] as const))(
    'is the one that the rules of %s give when read one by one, whatever was said in whatever order',
    (_, one) => {
      fc.assert(
        fc.property(
          factsOf(one),
          fc.array(questionOf(one), { minLength: 1, maxLength: 8 }),
          instants,
          (facts, all, now) => {
            for (const question of all)
              expect(decide(one, facts, question, now)).toEqual(read(one, facts, question, now));
          },
        ),
        { numRuns: 400, seed: 20260302 },
      );
    },
  );

  test('is the same object for people whom the rules cannot tell apart', () => {
    const given = { flag: 'training', what: 'given' } as const;
    const early = decide(policy, { ...nobody, consents: [{ ...given, at: minutes(-90) }] }, training, NOW);
    const late = decide(policy, { ...nobody, age: 40, consents: [{ ...given, at: minutes(-1) }] }, training, NOW);
    expect(early.outcome).toBe('permitted');
    expect(late).toBe(early);
    expect(Object.isFrozen(early) && Object.isFrozen(early.because) && Object.isFrozen(early.because[0])).toBe(true);
  });

  test('heeds a word that is added to the facts it was asked about before', () => {
    const consents: Facts['consents'][number][] = [{ flag: 'training', what: 'given', at: minutes(-9) }];
    const facts = { ...nobody, consents };
    expect(decide(policy, facts, training, NOW).outcome).toBe('permitted');
    consents.push({ flag: 'training', what: 'withdrawn', at: minutes(-1) });
    expect(decide(policy, facts, training, NOW).outcome).toBe('forbidden');
    Object.assign(facts, { consents: consents.slice(0, 1), restricted: true });
    expect(decide(policy, facts, training, NOW).because.map(({ rule }) => rule)).toEqual(['rights.restriction']);
  });

  test('of an earlier instant is the earlier one again when the clock jumps back', () => {
    const consents = [
      { flag: 'training', what: 'given', at: minutes(-60) },
      { flag: 'training', what: 'withdrawn', at: NOW },
    ] as const;
    const facts = { ...nobody, consents };
    const at = (now: Date): string => decide(policy, facts, training, now).outcome;
    const told = [-61, -60, -1, 0, 1, 60 * 24, 0, -1, -60, -61].map((one) => at(minutes(one)));
    const [no, yes] = ['forbidden', 'permitted'];
    expect(told).toEqual([no, yes, yes, no, no, no, no, yes, yes, no]);
  });

  test('warns and ends with the day of an agreement, though the day before was asked about first', () => {
    const toModel = {
      purpose: 'service.generation',
      category: 'generation.prompt',
      recipient: 'fal-ai',
      generation: 'g',
    };
    const at = (day: string): Decision => decide(policy, nobody, toModel, new Date(`${day}T12:00:00Z`));
    expect(at('2030-10-31').terms.join()).not.toContain('renew');
    expect(at('2030-12-30').terms).toContain('renew agreement DPA-FAL-1: 1 days are left');
    expect(at('2031-01-01').outcome).toBe('forbidden');
    expect(at('2030-12-30').outcome).toBe('permitted');
  });

  test('falls for everybody, also where more people differ than a table has seats for', () => {
    const countries = Array.from({ length: 5_000 }, (_, n) => `X${n}`);
    const outcomes = new Set(countries.map((country) => decide(policy, { ...nobody, country }, training, NOW).outcome));
    expect([...outcomes]).toEqual(['forbidden']);
    const given = { ...nobody, country: 'X1', consents: [{ flag: 'training', what: 'given', at: NOW }] } as const;
    expect(decide(policy, given, training, NOW).outcome).toBe('permitted');
  });
});

describe('what is no question', () => {
  const wrong: readonly [string, object][] = [
    ['a purpose that is an operator', { purpose: { $ne: null } }],
    ['a purpose that is an object of the language', { purpose: '__proto__' }],
    ['a category that is a list', { category: ['generation.prompt'] }],
    ['a recipient that is an operator', { recipient: { $gt: '' } }],
    ['a viewer that is a number', { viewer: 7 }],
    ['a viewer whom nobody knows', { viewer: 'everybody' }],
    ['a generation that is an object', { generation: {}, recipient: 'a stranger' }],
    ['half a person', { group: 2.5 }],
    ['a group without end', { group: Number.POSITIVE_INFINITY }],
    ['a word as long as a book', { purpose: 'p'.repeat(1_000_000) }],
  ];
  test.each(wrong)('%s is refused', (_, part) => {
    const ask = (): Decision => decide(policy, nobody, { ...training, ...part } as Question, NOW);
    expect(ask).toThrow(expect.objectContaining({ code: 'QUESTION_INVALID' }));
  });

  test('a word at no instant leaves all undetermined, since it may be a withdrawal', () => {
    const withdrawn = { flag: 'training', what: 'withdrawn', at: new Date(Number.NaN) } as const;
    const facts = { ...nobody, consents: [{ flag: 'training', what: 'given', at: NOW } as const, withdrawn] };
    expect(decide(policy, facts, training, NOW)).toMatchObject({ outcome: 'undetermined', missing: ['facts'] });
    const objections = [{ purpose: 'improvement', at: undefined as unknown as Date }];
    expect(decide(policy, { ...nobody, objections }, training, NOW).outcome).toBe('undetermined');
  });
});
