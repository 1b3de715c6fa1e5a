import { describe, expect, test } from '@jest/globals';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { decide } from '../../../packages/core/src/kernel/decide/decide.ts';
import type { Decision, Facts, Question } from '../../../packages/core/src/kernel/decision.ts';
import { lint } from '../../../packages/core/src/kernel/lint/lint.ts';
import { definedWords } from '../../../packages/core/src/kernel/policy/vocabulary.ts';

const policy = await loadPack('seedance25');
const NOW = new Date('2026-03-02T12:00:00Z');
const nobody: Facts = { consents: [], objections: [], restricted: false, held: false };
const words = definedWords(policy.vocabulary);

const ask = (question: Question, facts: Partial<Facts> = {}, now = NOW): Decision =>
  decide(policy, { ...nobody, ...facts }, question, now);
const outcome = (...asked: Parameters<typeof ask>): Decision['outcome'] => ask(...asked).outcome;
const clausesOf = (...asked: Parameters<typeof ask>): string[] => ask(...asked).because.map(({ clause }) => clause);

const generate: Question = { purpose: 'service.generation', category: 'generation.prompt' };
const improve: Question = { purpose: 'improvement', category: 'usage.interaction' };
const measure: Question = { purpose: 'analytics.usage', category: 'usage.interaction', group: 40 };

describe('what data is for', () => {
  test.each(['log.network', 'log.device', 'log.location'])(
    'seedance25.collects.device-log: %s serves security, compatibility and speed, and is refused to everything else by its clause',
    (category) => {
      expect(outcome({ purpose: 'safety.abuse', category })).toBe('permitted');
      expect(outcome({ purpose: 'service.operation', category })).toBe('permitted');
      for (const purpose of ['analytics.usage', 'analytics', 'marketing', 'training', 'improvement']) {
        const asked = { purpose, category, group: 1000 };
        expect([purpose, outcome(asked)]).toEqual([purpose, 'forbidden']);
        expect(clausesOf(asked)).toContain('seedance25.collects.device-log');
      }
    },
  );

  test('the device alone serves compatibility, and the address does not', () => {
    expect(outcome({ purpose: 'service.compatibility', category: 'log.device' })).toBe('permitted');
    expect(outcome({ purpose: 'service.compatibility', category: 'log.network' })).toBe('forbidden');
  });

  test('seedance25.purpose.improve: denied from the instant of an objection, while generation goes on', () => {
    const objections = [{ purpose: 'improvement', at: NOW }];
    expect(outcome(improve)).toBe('permitted');
    expect(outcome(improve, { objections }, new Date(NOW.getTime() - 1))).toBe('permitted');
    expect(outcome(improve, { objections })).toBe('forbidden');
    expect(outcome(generate, { objections })).toBe('permitted');
  });

  test('improvement reaches no prompt, no upload and no result, and training is not among the purposes', () => {
    for (const category of ['generation.prompt', 'generation.reference', 'generation.output']) {
      expect(outcome({ purpose: 'improvement', category })).toBe('forbidden');
      expect(outcome({ purpose: 'training', category })).toBe('forbidden');
    }
  });

  test('seedance25.purpose.notices: notices and alerts go out without a consent to marketing, and a marketing message does not with one', () => {
    const alert: Question = {
      purpose: 'communication.notice',
      category: 'account.contact',
      recipient: 'email-delivery',
    };
    const said: Partial<Facts> = {
      consents: [{ flag: 'marketing', what: 'given', at: new Date('2026-01-01T00:00:00Z') }],
    };
    expect(outcome(alert)).toBe('permitted');
    for (const purpose of ['marketing', 'marketing.third-party', 'communication.announcement']) {
      expect(outcome({ ...alert, purpose })).toBe('forbidden');
      expect(outcome({ ...alert, purpose }, said)).toBe('forbidden');
    }
    expect(clausesOf({ ...alert, purpose: 'marketing' })).toContain('seedance25.purpose.notices');
  });

  test('seedance25.purpose.abuse: goes on while the processing is restricted, and nothing that is not of safety or law does', () => {
    const open = policy.purposes
      .filter(({ allowedUnderRestriction }) => allowedUnderRestriction)
      .map(({ name }) => name);
    expect(open.sort()).toEqual(['legal.claims', 'legal.obligation', 'legal.rights', 'safety.abuse']);
    for (const { name, categories, aggregate } of policy.purposes) {
      const asked = { purpose: name, category: categories[0] ?? '', ...(aggregate && { group: 1000 }) };
      const refused = clausesOf(asked, { restricted: true }).includes('seedance25.right.restrict');
      expect([name, refused]).toEqual([name, !open.includes(name)]);
    }
    expect(outcome({ purpose: 'safety.abuse', category: 'log.network' }, { restricted: true })).toBe('permitted');
  });

  test('seedance25.purpose.aggregate-analytics: a person is not looked at, and a group below the least is suppressed', () => {
    for (const [purpose, category] of [
      ['analytics.usage', 'usage.interaction'],
      ['analytics.acquisition', 'usage.attribution'],
    ] as const) {
      expect(outcome({ purpose, category })).toBe('forbidden');
      expect(outcome({ purpose, category, group: 1 })).toBe('forbidden');
      expect(outcome({ purpose, category, group: 9 })).toBe('forbidden');
      expect(clausesOf({ purpose, category, group: 9 })).toContain('seedance25.purpose.aggregate-analytics');
      expect(outcome({ purpose, category, group: 10 })).toBe('permitted');
    }
  });

  test('seedance25.right.object: an objection to analytics or improvement denies these from then on, and the service stays', () => {
    for (const [purpose, denied, open] of [
      ['improvement', improve, measure],
      ['analytics', measure, improve],
    ] as const) {
      const objections = [{ purpose, at: NOW }];
      expect(clausesOf(denied, { objections })).toContain('seedance25.right.object');
      expect(outcome(denied, { objections })).toBe('forbidden');
      expect(outcome(denied, { objections }, new Date(NOW.getTime() - 1))).toBe('permitted');
      expect(outcome(open, { objections })).toBe('permitted');
      expect(outcome(generate, { objections })).toBe('permitted');
      expect(outcome({ purpose: 'service.account', category: 'account.contact' }, { objections })).toBe('permitted');
    }
  });
});

describe('who receives data', () => {
  test('seedance25.recipient.service-providers: each class is listed with categories of its own, and whoever is not listed is denied', () => {
    const classes = policy.recipients.map(({ kind }) => kind);
    for (const kind of [
      'model-provider',
      'payment-processor',
      'infrastructure.hosting',
      'infrastructure.storage',
      'email-delivery',
      'analytics-provider',
    ])
      expect(classes).toContain(kind);

    const terms = { generation: 'g-1', reference: 'claim 1', group: 1000 };
    const consents = [{ flag: 'analytics-cookies', what: 'given', at: new Date('2026-01-01T00:00:00Z') }] as const;
    for (const { name, categories, purposes } of policy.recipients) {
      const asked = words.purposes
        .filter((purpose) => purposes.some((word) => purpose === word || purpose.startsWith(`${word}.`)))
        .flatMap((purpose) => words.categories.map((category) => ({ purpose, category, recipient: name, ...terms })));
      const reached = asked.filter((question) => outcome(question, { consents }) === 'permitted');
      expect([name, reached.length > 0]).toEqual([name, true]);
      const own = (category: string): boolean =>
        categories.some((word) => category === word || category.startsWith(`${word}.`));
      expect(reached.filter(({ category }) => !own(category))).toEqual([]);
    }
    for (const purpose of words.purposes)
      expect(outcome({ purpose, category: 'generation.output', recipient: 'somebody-else', ...terms })).toBe(
        'forbidden',
      );
  });

  test('no provider of models gets a profile, a payment or an order, whichever purpose asks', () => {
    const kept = words.categories.filter((word) => /^(account|payment|credit|usage|log|support)(\.|$)/.test(word));
    for (const category of kept) {
      const asked = { purpose: 'service.generation', category, recipient: 'ai-provider', generation: 'g-1' };
      expect([category, clausesOf(asked)]).toEqual([
        category,
        expect.arrayContaining(['seedance25.never.profile-to-ai-provider']),
      ]);
    }
  });

  test('seedance25.recipient.ai-provider-terms: a provider of models whose terms or uses are not on record gets nothing', () => {
    const toModel: Question = { ...generate, recipient: 'ai-provider', generation: 'g-1' };
    expect(ask(toModel).terms).toContain('terms: https://models.example/privacy');
    const provider = policy.recipients.find(({ name }) => name === 'ai-provider');
    if (provider === undefined) throw new Error('the pack has no provider of models');
    const { terms: _, ...withoutTerms } = provider;
    for (const left of [withoutTerms, { ...provider, purposes: [] }]) {
      const decision = decide({ ...policy, recipients: [left] }, nobody, toModel, NOW);
      expect(decision.outcome).toBe('forbidden');
      expect(decision.because).toEqual([expect.objectContaining({ clause: 'seedance25.recipient.ai-provider-terms' })]);
    }
  });

  test('seedance25.never.sale: a sale is denied for every category, and a buyer or a sale in the policy is an error of it', () => {
    for (const category of words.categories) {
      for (const purpose of ['sale', 'marketing.third-party']) {
        expect(clausesOf({ purpose, category })).toContain('seedance25.never.sale');
        expect(outcome({ purpose, category })).toBe('forbidden');
      }
    }
    const [processor] = policy.recipients.filter(({ name }) => name === 'payment-processor');
    const [payment] = policy.purposes.filter(({ name }) => name === 'service.payment');
    if (!processor || !payment) throw new Error('the pack has neither processor nor payments');
    const sold = {
      ...policy,
      recipients: [...policy.recipients, { ...processor, name: 'broker', kind: 'buyer' }],
      purposes: [...policy.purposes, { ...payment, name: 'sale' }],
    };
    const errors = lint(sold).findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code, where }) => [code, where])).toEqual([
      ['SALE_PURPOSE', 'purposes.sale'],
      ['SALE_RECIPIENT', 'recipients.broker'],
    ]);
    for (const category of words.categories) {
      const asked = { purpose: 'service.payment', category, recipient: 'broker' };
      expect(decide(sold, nobody, asked, NOW).because.map(({ clause }) => clause)).toContain('seedance25.never.sale');
    }
    expect(lint(policy).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
