import { describe, expect, test } from '@jest/globals';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import type { Facts, Question } from '../../../packages/core/src/kernel/decision.ts';
import { ask, clauses, NOW, policy } from './ask.ts';

describe('what the person said', () => {
  test('sdance-ai.right.objection: an objection to the wider purpose reaches the narrower, from its instant on', () => {
    const debugging: Question = { purpose: 'improvement.debugging', category: 'usage' };
    const objections = [{ purpose: 'improvement', at: NOW }];
    expect(clauses(ask(debugging, { objections }))).toEqual(['sdance-ai.right.objection']);
    expect(ask(debugging, { objections }, policy, new Date(NOW.getTime() - 1)).outcome).toBe('permitted');
    expect(
      ask(
        { purpose: 'improvement', category: 'usage' },
        { objections: [{ purpose: 'improvement.debugging', at: NOW }] },
      ).outcome,
    ).toBe('permitted');
  });

  test('sdance-ai.right.objection: an objection to improvement or analytics denies it from then on, and the service stays', () => {
    const before = new Date(NOW.getTime() - 1);
    const given = { flag: 'analytics-cookies', what: 'given', at: new Date(0) } as const;
    for (const [purpose, category, other] of [
      ['improvement', 'usage', 'analytics.usage'],
      ['analytics', 'log.cookie', 'improvement'],
    ] as const) {
      const asked: Question = { purpose: purpose === 'analytics' ? 'analytics.usage' : purpose, category };
      const facts: Partial<Facts> = { consents: [given], objections: [{ purpose, at: NOW }] };
      expect([purpose, ask(asked, facts).outcome]).toEqual([purpose, 'forbidden']);
      expect([purpose, ask(asked, facts, policy, before).outcome]).toEqual([purpose, 'permitted']);
      const elsewhere: Question = { purpose: other, category: other === 'improvement' ? 'usage' : 'log.cookie' };
      expect([other, ask(elsewhere, facts).outcome]).toEqual([other, 'permitted']);
      for (const service of ['service.generation', 'service.account', 'service.support'] as const) {
        const reached = policy.purposes.find(({ name }) => name === service)?.categories ?? [];
        for (const each of reached)
          expect([service, each, ask({ purpose: service, category: each }, facts).outcome]).toEqual([
            service,
            each,
            'permitted',
          ]);
      }
    }
  });

  test('an objection to what waits for a consent takes it back, until it is given anew', () => {
    const training: Question = { purpose: 'training', category: 'generation.output' };
    const before = new Date(NOW.getTime() - 2000);
    const between = new Date(NOW.getTime() - 1000);
    const given = (at: Date) => ({ flag: 'training', what: 'given', at }) as const;
    const objections = [{ purpose: 'training', at: between }];
    const refused = ask(training, { consents: [given(before)], objections });
    expect(refused.outcome).toBe('forbidden');
    expect(refused.because).toMatchObject([{ rule: 'consents.training', text: 'it was objected to' }]);
    expect(ask(training, { consents: [given(before)], objections }, policy, before).outcome).toBe('permitted');
    expect(ask(training, { consents: [given(before), given(NOW)], objections }).outcome).toBe('permitted');
    const elsewhere = [{ purpose: 'training.provider', at: between }];
    expect(ask(training, { consents: [given(before)], objections: elsewhere }).outcome).toBe('permitted');
  });

  test('seedream4.consent.training-opt-out: where silence is a yes, an objection is a no', async () => {
    const pack = await loadPack('seedream4');
    const training: Question = { purpose: 'training', category: 'generation.prompt' };
    const objections = [{ purpose: 'training', at: NOW }];
    expect(ask(training, { country: 'US-CA' }, pack).outcome).toBe('permitted');
    expect(ask(training, { country: 'US-CA', objections }, pack).outcome).toBe('forbidden');
  });

  test('only law and safety go on (part of sdance-ai.right.restriction)', () => {
    const open = policy.purposes.filter((purpose) => purpose.allowedUnderRestriction).map((purpose) => purpose.name);
    for (const { name, categories } of policy.purposes) {
      const category = categories[0] ?? '';
      const decision = ask({ purpose: name, category }, { restricted: true });
      expect([name, clauses(decision).includes('sdance-ai.right.restriction')]).toEqual([name, !open.includes(name)]);
    }
    expect(open.sort()).toEqual([
      'legal.claims',
      'legal.obligation',
      'legal.rights',
      'safety.abuse',
      'safety.moderation',
    ]);
  });

  test('the threshold follows the country, to the year (part of sdance-ai.children.under-13)', () => {
    const account: Question = { purpose: 'service.account', category: 'account.contact' };
    const outcome = (age: number, country?: string): string =>
      ask(account, { age, ...(country && { country }) }).outcome;
    expect([outcome(12, 'US'), outcome(13, 'US')]).toEqual(['forbidden', 'permitted']);
    expect([outcome(15, 'DE'), outcome(16, 'DE')]).toEqual(['forbidden', 'permitted']);
    expect([outcome(13, 'AT'), outcome(14, 'AT')]).toEqual(['forbidden', 'permitted']);
    expect([outcome(12), outcome(13), outcome(17)]).toEqual(['forbidden', 'undetermined', 'undetermined']);
    expect([outcome(18), outcome(14, 'CA-QC'), outcome(13, 'CA-ON')]).toEqual(['permitted', 'permitted', 'permitted']);
    expect([outcome(13, 'CA-QC'), outcome(13, 'CA')]).toEqual(['forbidden', 'undetermined']);
    expect(ask(account, { age: 14 }).missing).toEqual(['country']);
  });
});

describe('viewers', () => {
  const view = (viewer: NonNullable<Question['viewer']>): Question => ({
    purpose: 'service.delivery',
    category: 'generation.output',
    viewer,
  });

  test('content is private until its owner opens it, and a link is less than the public', () => {
    const outcomes = (visibility?: Facts['visibility']): string[] =>
      (['owner', 'link', 'public'] as const).map(
        (viewer) => ask(view(viewer), visibility ? { visibility } : {}).outcome,
      );
    expect(outcomes()).toEqual(['permitted', 'forbidden', 'forbidden']);
    expect(outcomes('link')).toEqual(['permitted', 'permitted', 'forbidden']);
    expect(outcomes('public')).toEqual(['permitted', 'permitted', 'permitted']);
  });

  test('an account is never public, whatever its owner chose for videos', () => {
    expect(
      ask({ purpose: 'service.account', category: 'account.contact', viewer: 'public' }, { visibility: 'public' })
        .outcome,
    ).toBe('forbidden');
  });

  test('a staff view needs one of the stated purposes, and asks for a reason and a record (part of sdance-ai.purpose.moderation)', () => {
    const decision = ask({ ...view('staff:safety.moderation'), purpose: 'safety.moderation' });
    expect(decision.outcome).toBe('permitted');
    expect(decision.terms).toEqual(['a reason is given, and the view is recorded']);
    expect(ask(view('staff:service.support')).outcome).toBe('forbidden');
  });

  test('staff see of an account only what their purpose needs (part of sdance-ai.security.need-to-know)', () => {
    const look = (category: string): string =>
      ask({ purpose: 'service.support', category, viewer: 'staff:service.support' }).outcome;
    expect([look('account.contact'), look('account.credential')]).toEqual(['permitted', 'forbidden']);
  });
});
