import { describe, expect, test } from '@jest/globals';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { loadRegimes } from '../../../packages/core/src/adapters/policy/loadRegime.ts';
import type { Question } from '../../../packages/core/src/kernel/decision.ts';
import { lint } from '../../../packages/core/src/kernel/lint/lint.ts';
import type { LintFinding } from '../../../packages/core/src/kernel/lint/lintFinding.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';
import { covers, definedWords } from '../../../packages/core/src/kernel/policy/vocabulary.ts';
import { ask as askPack, clauses, NOW } from '../decide/ask.ts';

const policy = await loadPack('seedance-api');
const words = definedWords(policy.vocabulary);
const lintOptions = { now: NOW, regimes: await loadRegimes() };

const ask = (question: Question, pack: Policy = policy) => askPack(question, {}, pack);
const outcome = (question: Question, pack?: Policy): string => ask(question, pack).outcome;
const found = (code: string, pack: Policy = policy): readonly LintFinding[] =>
  lint(pack, lintOptions).findings.filter((one) => one.code === code);

/** The same pack once its operator has listed whose models it runs on. */
const named: Policy = {
  ...policy,
  recipients: [
    ...policy.recipients,
    {
      name: 'bytedance',
      label: 'ByteDance',
      kind: 'model-provider',
      country: 'SG',
      safeguard: 'standard-contractual-clauses',
      agreement: { reference: 'DPA-7', signed: '2026-02-01', expires: '2028-01-31' },
      categories: ['generation.prompt', 'generation.reference', 'generation.settings'],
      purposes: ['service.generation'],
      needs: ['generation-id'],
      trainsOnData: false,
      needsAgreement: true,
      clause: 'seedance-api.recipient.infrastructure',
    },
  ],
};

const inputs = ['generation.prompt', 'generation.reference', 'generation.settings'] as const;
const toOperator = (category: string): Question => ({
  purpose: 'service.generation',
  category,
  recipient: 'bytedance',
  generation: 'g1',
});

describe('what is collected', () => {
  test('seedance-api.collects.api-usage: the IP address serves security and rate limits, the law, and no other purpose', () => {
    const permitted = words.purposes.filter((purpose) => outcome({ purpose, category: 'log.network' }) === 'permitted');
    expect(permitted.sort()).toEqual([
      'legal.obligation',
      'legal.rights',
      'safety.abuse',
      'safety.audit',
      'safety.monitoring',
      'safety.rate-limit',
    ]);
    for (const category of ['log.api', 'log.error', 'log.performance']) {
      expect(outcome({ purpose: 'improvement', category })).toBe('permitted');
    }
  });

  test('what the text does not speak of is not collected: browsers, cookies, cards, locations', () => {
    for (const category of ['log.device', 'log.cookie', 'log.location', 'payment.last-digits', 'account.age']) {
      expect(outcome({ purpose: 'service.account', category })).toBe('forbidden');
      expect(policy.inventory.collections.flatMap(({ fields }) => fields).map((field) => field.category)).not.toContain(
        category,
      );
    }
  });
});

describe('purposes', () => {
  test('seedance-api.purpose.improvement: allowed on usage data, denied on prompts, images and videos, for the narrower purpose too', () => {
    for (const purpose of ['improvement', 'improvement.debugging']) {
      for (const category of ['usage.metering', 'log.api', 'log.error', 'log.performance']) {
        expect([purpose, category, outcome({ purpose, category })]).toEqual([purpose, category, 'permitted']);
      }
      const contents = words.categories.filter((category) => covers('generation', category));
      expect(contents.length).toBeGreaterThan(4);
      for (const category of contents) {
        expect([purpose, category, outcome({ purpose, category })]).toEqual([purpose, category, 'forbidden']);
      }
    }
    expect(clauses(ask({ purpose: 'improvement', category: 'generation.reference' }))).toContain(
      'seedance-api.purpose.improvement',
    );
  });

  test('improvement under another name is on no list: training, analytics, personalisation', () => {
    for (const purpose of [
      'training',
      'training.provider',
      'analytics.usage',
      'service.personalisation',
      'marketing',
    ]) {
      expect(ask({ purpose, category: 'usage.metering' })).toMatchObject({
        outcome: 'forbidden',
        because: [{ rule: 'never.unlisted-purpose' }],
      });
    }
  });
});

describe('recipients', () => {
  test('seedance-api.recipient.infrastructure: hosting and database are listed; whoever is not receives nothing of any kind', () => {
    const call: Question = { purpose: 'service.metering', category: 'log.api' };
    expect(outcome({ ...call, recipient: 'hosting' })).toBe('permitted');
    expect(outcome({ ...call, recipient: 'database' })).toBe('permitted');
    for (const { name: category } of policy.categories) {
      for (const { name: purpose } of policy.purposes) {
        const decision = ask({ purpose, category, recipient: 'another-host', generation: 'g1', reference: 'r1' });
        expect(decision.outcome).toBe('forbidden');
        expect(clauses(decision)).toContain('seedance-api.recipient.infrastructure');
      }
    }
  });

  test('seedance-api.recipient.model-provider-unnamed: the lint finds that the operator of the models is on no list, and finds it no more once it is', () => {
    expect(found('MODEL_OPERATOR_UNLISTED')).toMatchObject([
      {
        severity: 'error',
        where: 'notice.powered-by',
        clause: 'seedance-api.recipient.model-provider-unnamed',
        message: expect.stringContaining('ByteDance'),
      },
    ]);
    expect(found('MODEL_OPERATOR_UNLISTED', named)).toEqual([]);
  });

  test('seedance-api.recipient.model-provider-unnamed: nothing goes to the operator of the models until the pack names it', () => {
    for (const category of inputs) {
      const decision = ask(toOperator(category));
      expect(decision.outcome).toBe('forbidden');
      expect(clauses(decision)).toContain('seedance-api.recipient.model-provider-unnamed');
      expect(outcome({ ...toOperator(category), recipient: 'ByteDance' })).toBe('forbidden');
      expect(outcome(toOperator(category), named)).toBe('permitted');
    }
    expect(outcome(toOperator('account.contact'), named)).toBe('forbidden');
  });

  test('seedance-api.recipient.model-provider-unnamed: prompts and images without a period are reported too', () => {
    const [finding] = found('PERIOD_NOT_STATED').filter((one) => one.where === 'retention.inputs');
    expect(finding?.message).toMatch(/generation\.prompt, generation\.reference/);
    const stated = policy.retention.map((rule) =>
      rule.id === 'inputs' ? { ...rule, keep: { ...rule.keep, from: 'notice' as const } } : rule,
    );
    const published = found('PERIOD_NOT_STATED', { ...policy, retention: stated });
    expect(published.map((one) => one.where)).not.toContain('retention.inputs');
  });

  test('seedance-api.recipient.stripe: Stripe is named, with the link to its own policy, and gets payments only', () => {
    const bill: Question = { purpose: 'service.payment', category: 'payment.record', recipient: 'stripe' };
    const stripe = policy.recipients.find((one) => one.name === 'stripe');
    expect(stripe).toMatchObject({ label: 'Stripe', kind: 'payment-processor', terms: 'https://stripe.com/privacy' });
    expect(outcome(bill)).toBe('permitted');
    expect(clauses(ask({ ...bill, category: 'usage.metering' }))).toEqual(['seedance-api.recipient.stripe']);
    const recipients = policy.recipients.map(({ terms: _, ...rest }) => rest);
    expect(clauses(ask(bill, { ...policy, recipients }))).toEqual(['seedance-api.recipient.stripe']);
  });

  test('seedance-api.never.sale: a sale is denied for every category, and a recipient or purpose of that kind fails the lint', () => {
    for (const category of words.categories) {
      expect(clauses(ask({ purpose: 'sale', category }))).toContain('seedance-api.never.sale');
      expect(clauses(ask({ purpose: 'marketing.third-party', category }))).toContain('seedance-api.never.sale');
    }
    const [first, ...others] = policy.recipients;
    for (const kind of ['buyer', 'advertiser']) {
      const sold: Policy = { ...policy, recipients: [...(first ? [{ ...first, kind }] : []), ...others] };
      expect(found('SALE_RECIPIENT', sold)).toMatchObject([{ severity: 'error', where: 'recipients.hosting' }]);
      for (const { name: category } of policy.categories) {
        const decision = ask({ purpose: 'service.account', category, recipient: 'hosting' }, sold);
        expect(clauses(decision)).toContain('seedance-api.never.sale');
      }
    }
    const [purpose] = policy.purposes;
    const selling: Policy = { ...policy, purposes: purpose ? [{ ...purpose, name: 'sale' }] : [] };
    expect(found('SALE_PURPOSE', selling)).toMatchObject([{ severity: 'error', where: 'purposes.sale' }]);
    expect([...found('SALE_RECIPIENT'), ...found('SALE_PURPOSE')]).toEqual([]);
  });
});

test('the lint of the pack finds what its text lacks, and nothing else', () => {
  expect(lint(policy, lintOptions).findings.map(({ code, where }) => `${code} ${where}`)).toEqual([
    'MODEL_OPERATOR_UNLISTED notice.powered-by',
    'NO_RIGHTS_STATED rights',
    'PERIOD_NOT_STATED retention.choices',
    'PERIOD_NOT_STATED retention.inputs',
    'PERIOD_NOT_STATED retention.rights-records',
    'PERIOD_NOT_STATED retention.support',
    'VAGUE_PERIOD retention.account',
    'VAGUE_PERIOD retention.api-logs',
    'VAGUE_PERIOD retention.diagnostics',
    'VAGUE_PERIOD retention.network-addresses',
    'VAGUE_PERIOD retention.videos',
    'PERIOD_CHOSEN_BY_OPERATOR retention.inputs.otherwise',
    'PERIOD_CHOSEN_BY_OPERATOR retention.videos.otherwise',
    'RECIPIENT_WITHOUT_TERMS recipients.database',
    'RECIPIENT_WITHOUT_TERMS recipients.hosting',
  ]);
});
