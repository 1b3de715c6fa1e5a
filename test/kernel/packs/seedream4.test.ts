import { describe, expect, test } from '@jest/globals';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { loadRegimes } from '../../../packages/core/src/adapters/policy/loadRegime.ts';
import { decide } from '../../../packages/core/src/kernel/decide/decide.ts';
import { decideCookie } from '../../../packages/core/src/kernel/decide/decideCookie.ts';
import type { ConsentEvent, Decision, Facts, Question } from '../../../packages/core/src/kernel/decision.ts';
import { lint } from '../../../packages/core/src/kernel/lint/lint.ts';
import type { Policy, Recipient } from '../../../packages/core/src/kernel/policy/policy.ts';

const policy: Policy = await loadPack('seedream4');
const laws = await loadRegimes();
const NOW = new Date('2026-03-02T12:00:00Z');
const nobody: Facts = { consents: [], objections: [], restricted: false, held: false };

const ask = (question: Question, facts: Partial<Facts> = {}, pack = policy, now = NOW): Decision =>
  decide(pack, { ...nobody, ...facts }, question, now);
const outcome = (...asked: Parameters<typeof ask>): string => ask(...asked).outcome;
const clauses = (decision: Decision): string[] => [...new Set(decision.because.map((reason) => reason.clause))];
const said = (flag: string, what: ConsentEvent['what'], at: Date): ConsentEvent => ({ flag, what, at });

describe('purposes', () => {
  test('seedream4.purpose.account: the account, its features and support, each by what they need and no more', () => {
    const reached: Question[] = [
      { purpose: 'service.account', category: 'account.contact' },
      { purpose: 'service.generation', category: 'generation.reference' },
      { purpose: 'service.support', category: 'support.conversation' },
    ];
    for (const question of reached) {
      expect([ask(question).outcome, clauses(ask(question))]).toEqual(['permitted', ['seedream4.purpose.account']]);
    }
    const beyond: Question[] = [
      { purpose: 'service.account', category: 'generation.prompt' },
      { purpose: 'service.generation', category: 'account.contact' },
      { purpose: 'service.support', category: 'generation.output' },
    ];
    for (const question of beyond) {
      expect([ask(question).outcome, clauses(ask(question))]).toEqual(['forbidden', ['seedream4.purpose.account']]);
    }
  });

  test('seedream4.purpose.improvement: by how it is used, until the person objects, and never by who they are', () => {
    const byUse: Question = { purpose: 'improvement', category: 'usage.interaction' };
    const engagement: Question = { purpose: 'analytics.usage', category: 'usage.interaction' };
    expect(clauses(ask(byUse))).toEqual(['seedream4.purpose.improvement']);
    expect([outcome(byUse), outcome(engagement)]).toEqual(['permitted', 'permitted']);
    expect(outcome(byUse, { objections: [{ purpose: 'improvement', at: NOW }] })).toBe('forbidden');
    expect(outcome(engagement, { objections: [{ purpose: 'analytics', at: NOW }] })).toBe('forbidden');
    expect(ask({ purpose: 'improvement', category: 'account.contact' })).toMatchObject({
      outcome: 'forbidden',
      because: [{ clause: 'seedream4.purpose.improvement' }],
    });
  });

  test('seedream4.purpose.billing: payment data is permitted for billing, and for no other purpose there is', () => {
    const held = policy.categories.filter(
      ({ name, clause }) => clause === 'seedream4.collects.payment' && name !== 'payment.card',
    );
    expect(held.map(({ name }) => name).sort()).toEqual([
      'payment.billing-address',
      'payment.last-digits',
      'payment.record',
      'payment.reference',
    ]);
    for (const { name: category } of held) {
      for (const { name: purpose } of policy.vocabulary.purposes) {
        const billing = purpose === 'service.payment';
        expect([purpose, category, outcome({ purpose, category })]).toEqual([
          purpose,
          category,
          billing ? 'permitted' : 'forbidden',
        ]);
      }
    }
  });

  test('device, system and browser serve to fit the page, and not to know the person (part of seedream4.collects.device)', () => {
    expect(ask({ purpose: 'service.compatibility', category: 'log.device' })).toMatchObject({
      outcome: 'permitted',
      because: [{ clause: 'seedream4.collects.device' }],
    });
    for (const purpose of ['improvement', 'analytics.usage', 'service.personalisation', 'training']) {
      expect([purpose, outcome({ purpose, category: 'log.device' })]).toEqual([purpose, 'forbidden']);
    }
    expect(policy.categories.find(({ name }) => name === 'log.device')?.source).toBe('the device');
  });
});

describe('training', () => {
  const byImages: Question = { purpose: 'training', category: 'generation.output' };
  const flag = policy.consents.find((consent) => consent.flag === 'training');

  test('seedream4.consent.training-opt-out: silence is a yes where the law leaves it at that, and a no wherever it asks for a yes', () => {
    for (const [residence, regime] of Object.entries(policy.residence)) {
      const mode = laws.find(({ id }) => id === regime)?.training.mode;
      const given = flag?.givenIn.includes(regime) ?? false;
      expect([residence, outcome(byImages, { country: residence })]).toEqual([
        residence,
        given ? 'permitted' : 'forbidden',
      ]);
      if (given) expect([residence, mode]).toEqual([residence, 'opt-out']);
      if (mode === 'opt-in') expect([residence, given]).toEqual([residence, false]);
    }
    expect(outcome(byImages, { country: 'US-VA' })).toBe('permitted');
    expect(outcome(byImages, { country: 'AT' })).toBe('forbidden');
    expect(outcome(byImages)).toBe('forbidden');
  });

  test('seedream4.consent.training-opt-out: an opt-out holds from its instant on, and a yes where one is asked for as well', () => {
    const out = { country: 'US-CA', consents: [said('training', 'withdrawn', NOW)] };
    expect(outcome(byImages, out, policy, new Date(NOW.getTime() - 1))).toBe('permitted');
    expect(clauses(ask(byImages, out))).toEqual(['seedream4.consent.training-opt-out']);
    expect(outcome(byImages, out)).toBe('forbidden');
    const yes = { country: 'AT', consents: [said('training', 'given', NOW)] };
    expect(outcome(byImages, yes, policy, new Date(NOW.getTime() - 1))).toBe('forbidden');
    expect(outcome(byImages, yes)).toBe('permitted');
  });

  test('reaches prompts and generated images, and no uploaded photograph, whatever was agreed to', () => {
    const yes = { country: 'US-VA', consents: [said('training', 'given', new Date(0))] };
    expect(outcome({ purpose: 'training', category: 'generation.prompt' }, yes)).toBe('permitted');
    expect(outcome({ purpose: 'training', category: 'generation.reference' }, yes)).toBe('forbidden');
    expect(outcome({ purpose: 'training', category: 'generation' }, yes)).toBe('forbidden');
  });

  test('is training under the name of improvement too', () => {
    const prompts: Question = { purpose: 'improvement', category: 'generation.prompt' };
    expect(outcome(prompts, { country: 'US-VA', consents: [said('training', 'withdrawn', NOW)] })).toBe('forbidden');
  });
});

describe('cookies', () => {
  test('what was chosen is remembered, and fitting the service to a person waits for a yes (part of seedream4.cookie.preferences)', () => {
    const state = (kind: string, history: readonly ConsentEvent[] = []): string =>
      decideCookie(policy, kind, history, NOW).outcome;
    expect([state('function'), state('preferences'), state('personalisation')]).toEqual([
      'permitted',
      'permitted',
      'forbidden',
    ]);
    expect(state('personalisation', [said('personalisation', 'given', NOW)])).toBe('permitted');
    expect(state('personalisation', [said('training', 'given', NOW)])).toBe('forbidden');
    expect(new Set(policy.cookies.map(({ clause }) => clause))).toEqual(new Set(['seedream4.cookie.preferences']));
  });
});

describe('outside parties', () => {
  const processor: Recipient = {
    name: 'processor',
    label: 'A processor',
    kind: 'payment-processor',
    country: 'AT',
    categories: ['payment.reference'],
    purposes: ['service.payment'],
    needs: [],
    trainsOnData: false,
    needsAgreement: false,
    clause: 'seedream4.never.transfer',
  };
  const charge: Question = { purpose: 'service.payment', category: 'payment.reference', recipient: 'processor' };

  test('seedream4.never.transfer: nobody receives anything until the pack names them, and the empty exceptions are reported', () => {
    for (const { name: purpose, categories } of policy.purposes) {
      const category = categories[0] ?? '';
      const decision = ask({ purpose, category, recipient: 'processor', generation: 'c1', reference: 'order 1' });
      expect([purpose, decision.outcome]).toEqual([purpose, 'forbidden']);
      expect(clauses(decision)).toContain('seedream4.never.transfer');
    }
    expect(outcome(charge, {}, { ...policy, recipients: [processor] })).toBe('permitted');
    expect(lint(policy).findings).toContainEqual(
      expect.objectContaining({ code: 'EXCEPTION_LIST_EMPTY', clause: 'seedream4.never.transfer' }),
    );
  });

  test('seedream4.never.transfer: nothing is sold or traded, not even to somebody whom the pack names', () => {
    for (const { name: category } of policy.vocabulary.categories) {
      for (const purpose of ['sale', 'marketing.third-party', 'training.provider', 'business-transfer']) {
        expect(clauses(ask({ purpose, category }))).toContain('seedream4.never.transfer');
      }
    }
    for (const kind of ['buyer', 'advertiser']) {
      const pack = { ...policy, recipients: [{ ...processor, kind }] };
      expect(clauses(ask(charge, {}, pack))).toEqual(['seedream4.never.transfer']);
    }
  });
});

describe('card numbers', () => {
  test('are claimed by the text, reported, and denied for every purpose', () => {
    expect(lint(policy).findings.filter(({ severity }) => severity === 'error')).toEqual([
      expect.objectContaining({ code: 'CARD_NUMBER_COLLECTED', clause: 'seedream4.collects.payment' }),
    ]);
    for (const { name: purpose } of policy.purposes) {
      expect(ask({ purpose, category: 'payment.card' })).toMatchObject({ outcome: 'forbidden' });
    }
    expect(clauses(ask({ purpose: 'service.payment', category: 'payment.card' }))).toContain(
      'seedream4.collects.payment',
    );
  });
});
