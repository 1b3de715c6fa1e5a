import { describe, expect, test } from '@jest/globals';
import type { Facts, Question } from '../../../packages/core/src/kernel/decision.ts';
import { lint } from '../../../packages/core/src/kernel/lint/lint.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';
import { policyWith } from '../policy/editedPack.ts';
import { ask, clauses, NOW, policy, toModel } from './ask.ts';

describe('what is never done', () => {
  test('sdance-ai.never.sale: sale is denied for every category, whatever the person agreed to', () => {
    const agreed: Partial<Facts> = { consents: [{ flag: 'training', what: 'given', at: new Date(0) }] };
    for (const { name: category } of policy.vocabulary.categories) {
      for (const purpose of ['sale', 'marketing.third-party']) {
        const decision = ask({ purpose, category }, agreed);
        expect(decision.outcome).toBe('forbidden');
        expect(clauses(decision)).toContain('sdance-ai.never.sale');
      }
    }
  });

  test('sdance-ai.never.sale: a buyer that somebody added to the list is denied all the same', () => {
    const pack = policyWith(['label: Creem\n    kind: payment-processor', 'label: Creem\n    kind: buyer']);
    const question: Question = { purpose: 'service.payment', category: 'payment.record', recipient: 'creem' };
    expect(ask(question).outcome).toBe('permitted');
    expect(clauses(ask(question, {}, pack))).toEqual(['sdance-ai.never.sale']);
    for (const { name: category } of policy.vocabulary.categories)
      expect(clauses(ask({ ...question, category }, {}, pack))).toContain('sdance-ai.never.sale');
  });

  test('sdance-ai.never.sale: a buyer, or a sale among the purposes, is an error of the pack', () => {
    const errors = (pack: Policy): string[] =>
      lint(pack, { now: NOW })
        .findings.filter(({ severity }) => severity === 'error')
        .map(({ code, where }) => `${code} ${where}`);
    expect(errors(policy)).toEqual([]);
    expect(errors(policyWith(['label: Creem\n    kind: payment-processor', 'label: Creem\n    kind: buyer']))).toEqual([
      'SALE_RECIPIENT recipients.creem',
    ]);
    for (const name of ['sale', 'marketing.third-party']) {
      const [purpose] = policy.purposes;
      const selling = { ...policy, purposes: [...policy.purposes, ...(purpose ? [{ ...purpose, name }] : [])] };
      expect(errors(selling)).toEqual([`SALE_PURPOSE purposes.${name}`]);
    }
  });

  test('a card number is denied for every purpose (part of sdance-ai.security.no-card-storage)', () => {
    for (const { name: purpose } of policy.purposes) {
      expect(clauses(ask({ purpose, category: 'payment.card' }))).toContain('sdance-ai.never.card-number');
    }
  });
});

describe('training', () => {
  const training: Question = { purpose: 'training', category: 'generation.output' };

  test('denied by default, for every kind of content (part of sdance-ai.never.training-without-consent)', () => {
    for (const category of ['generation', 'generation.prompt', 'generation.reference', 'generation.output']) {
      expect(ask({ purpose: 'training', category }).outcome).toBe('forbidden');
    }
  });

  test('a withdrawal takes effect on the next decision (part of sdance-ai.never.training-without-consent)', () => {
    const consents: Facts['consents'] = [
      { flag: 'training', what: 'given', at: new Date('2026-03-01T00:00:00Z') },
      { flag: 'training', what: 'withdrawn', at: NOW },
    ];
    expect(ask(training, { consents }, policy, new Date(NOW.getTime() - 1)).outcome).toBe('permitted');
    expect(ask(training, { consents }).outcome).toBe('forbidden');
  });

  test('the provider’s training has a flag of its own (part of sdance-ai.never.training-without-consent)', () => {
    const given = (flag: string): Partial<Facts> => ({ consents: [{ flag, what: 'given', at: new Date(0) }] });
    const provider: Question = { purpose: 'training.provider', category: 'generation.output' };
    expect(ask(provider, given('training')).outcome).toBe('forbidden');
    expect(ask(provider, given('provider-training')).outcome).toBe('permitted');
    expect(ask(training, given('provider-training')).outcome).toBe('forbidden');
  });

  test('a provider whose agreement does not forbid training gets nothing without that flag (part of sdance-ai.never.training-without-consent)', () => {
    const pack = policyWith([
      'terms: "https://fal.ai/privacy"\n    trainsOnData: false',
      'terms: "https://fal.ai/privacy"\n    trainsOnData: true',
    ]);
    expect(clauses(ask(toModel, {}, pack))).toEqual(['sdance-ai.never.training-without-consent']);
    const consents: Facts['consents'] = [{ flag: 'provider-training', what: 'given', at: new Date(0) }];
    expect(ask(toModel, { consents }, pack).outcome).toBe('permitted');
  });
});

describe('limits of use', () => {
  test('sdance-ai.retention.api-logs-90-days: other purposes are denied, unless another clause names the logs', () => {
    expect(ask({ purpose: 'improvement.debugging', category: 'log.api' }).outcome).toBe('permitted');
    expect(clauses(ask({ purpose: 'safety.abuse', category: 'log.api' }))).toEqual([
      'sdance-ai.retention.api-logs-90-days',
    ]);
    expect(ask({ purpose: 'service.api', category: 'log.api' }).outcome).toBe('permitted');
    expect(ask({ purpose: 'communication.announcement', category: 'log.api' }).outcome).toBe('forbidden');
  });
});

describe('a decision', () => {
  test('about a word that nobody knows is refused, with the nearest one', () => {
    expect(() => ask({ purpose: 'service.generations', category: 'generation.prompt' })).toThrow(
      expect.objectContaining({ code: 'QUESTION_INVALID', remedy: 'did you mean "service.generation"?' }),
    );
    expect(() => ask({ purpose: 'training', category: 'generation.outputs' })).toThrow(
      expect.objectContaining({ code: 'QUESTION_INVALID', remedy: 'did you mean "generation.output"?' }),
    );
    expect(() => ask({ purpose: 'training', category: 'usage', viewer: 'staff:curiosity' })).toThrow(
      expect.objectContaining({ code: 'QUESTION_INVALID' }),
    );
  });

  test('about a purpose or category that the notice does not name is a no (part of sdance-ai.retention.as-necessary)', () => {
    expect(clauses(ask({ purpose: 'marketing', category: 'usage' }))).toContain('sdance-ai.retention.as-necessary');
    expect(clauses(ask({ purpose: 'service.account', category: 'account.language' }))).toContain(
      'sdance-ai.retention.as-necessary',
    );
  });

  test('gives its reasons in one order, each once, and only those of its outcome', () => {
    const decision = ask({ ...toModel, purpose: 'training', category: 'account.contact' }, { restricted: true });
    const keys = decision.because.map((reason) => `${reason.rule}\n${reason.clause}\n${reason.text}`);
    expect(keys).toEqual([...new Set(keys)].sort());
    expect(decision.because.length).toBeGreaterThan(3);
    expect(decision.terms).toEqual([]);
  });

  test('under a legal hold names what the hold forbids', () => {
    expect(ask({ purpose: 'service.generation', category: 'generation.prompt' }, { held: true }).terms).toEqual([
      'nothing of it may be deleted while the legal hold lasts',
    ]);
  });

  test('every clause and rule that a reason names exists', () => {
    const known = new Set(policy.clauses.map((clause) => clause.id));
    for (const { name: purpose } of policy.vocabulary.purposes) {
      for (const { name: category } of policy.vocabulary.categories) {
        for (const clause of clauses(ask({ purpose, category }))) expect(known).toContain(clause);
      }
    }
  });
});
