import { describe, expect, test } from '@jest/globals';
import { lint } from '../../../packages/core/src/kernel/lint/lint.ts';
import { policyWith } from '../policy/editedPack.ts';
import { ask, toModel } from './ask.ts';

const listed = 'categories: [generation.prompt, generation.reference, generation.settings]';
const promise = `never:
  profile-to-models:
    label: No profile goes to a model
    categories: [account]
    to: [model-provider]
    clause: sdance-ai.recipient.models`;
const pack = policyWith(['never:', promise], [listed, listed.replace('[', '[account.contact, ')]);

describe('a promise to keep something from some', () => {
  const rules = (question: Parameters<typeof ask>[0]): string[] =>
    ask(question, {}, pack).because.map((reason) => reason.rule);

  test('is kept from them whatever else lists it', () => {
    expect(ask({ ...toModel, category: 'account.contact' }, {}, pack).outcome).toBe('forbidden');
    expect(rules({ ...toModel, category: 'account.contact' })).toContain('never.profile-to-models');
  });

  test('and from nobody else', () => {
    expect(ask({ purpose: 'service.account', category: 'account.contact' }, {}, pack).outcome).toBe('permitted');
    expect(ask({ purpose: 'service.payment', category: 'account.contact', recipient: 'creem' }, {}, pack).outcome).toBe(
      'permitted',
    );
    expect(ask(toModel, {}, pack).outcome).toBe('permitted');
  });

  test('the recipient that lists it nevertheless is an error of the policy, and the category itself is none', () => {
    const found = lint(pack).findings.filter(({ code }) => code === 'PROHIBITED_CATEGORY');
    expect(found.map(({ where, severity }) => [where, severity])).toEqual([['recipients.fal-ai', 'error']]);
  });
});
