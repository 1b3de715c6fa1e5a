import { describe, expect, test } from '@jest/globals';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { lint } from '../../../packages/core/src/kernel/lint/lint.ts';
import type { LintFinding } from '../../../packages/core/src/kernel/lint/lintFinding.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';
import { type Edit, policyWith } from '../policy/editedPack.ts';

const NOW = new Date('2026-03-20T12:00:00Z');
const policy = await loadPack('sdance-ai');
const found = (code: string, pack: Policy = policy, now: Date = NOW): readonly LintFinding[] =>
  lint(pack, now).findings.filter((one) => one.code === code);
const places = (code: string, pack?: Policy, now?: Date): string[] => found(code, pack, now).map((one) => one.where);

const fal = 'agreement: { reference: DPA-FAL-1, signed: 2026-01-12, expires: 2030-12-31 }';

/** Code, what makes the pack bad, the place and the severity. The pack as it is, is the good example. */
const broken: readonly (readonly [string, readonly Edit[], string, LintFinding['severity']])[] = [
  ['RECIPIENT_WITHOUT_AGREEMENT', [[`    ${fal}\n`, '']], 'recipients.fal-ai', 'error'],
  ['AGREEMENT_EXPIRED', [[fal, fal.replace('2030-12-31', '2026-03-19')]], 'recipients.fal-ai', 'error'],
  ['AGREEMENT_EXPIRING', [[fal, fal.replace('2030-12-31', '2026-03-20')]], 'recipients.fal-ai', 'warning'],
  [
    'THIRD_COUNTRY_WITHOUT_SAFEGUARD',
    [['    safeguard: standard-contractual-clauses\n', '']],
    'recipients.cloudflare',
    'error',
  ],
  ['THIRD_COUNTRY_WITHOUT_SAFEGUARD', [['country: EE', 'country: US']], 'recipients.creem', 'error'],
  ['SALE_RECIPIENT', [['kind: payment-processor', 'kind: buyer']], 'recipients.creem', 'error'],
  [
    'SALE_PURPOSE',
    [
      ['  business-transfer:\n    label', '  sale:\n    label'],
      ['kept-by: [recipients.successor, purposes.business-transfer]', 'kept-by: [recipients.successor]'],
    ],
    'purposes.sale',
    'error',
  ],
  [
    'PROHIBITED_CATEGORY',
    [
      [
        'categories:\n',
        'categories:\n  payment.card: { label: Card, held: recipient, clause: sdance-ai.collects.payment }\n',
      ],
    ],
    'categories.payment.card',
    'error',
  ],
  [
    'RIGHT_WITHOUT_EXECUTOR',
    [
      [/ {2}portability: [^\n]+\n/, ''],
      ['kept-by: [rights.portability]', 'kept-by: [rights.access]'],
    ],
    'rights.portability',
    'warning',
  ],
  [
    'NOTICE_NARROWER_THAN_STATUTE',
    [['access: { executor: staff, respondWithin: P30D', 'access: { executor: staff, respondWithin: P45D']],
    'rights.access',
    'warning',
  ],
];

describe('lint', () => {
  test.each(broken)('%s is found where it is, and nowhere in the pack as it is', (code, edits, where, severity) => {
    expect(places(code)).toEqual([]);
    const bad = found(code, policyWith(...edits));
    expect(bad.map((one) => [one.where, one.severity])).toEqual([[where, severity]]);
    expect(bad[0]?.remedy).not.toBe('');
  });

  test('sdance-ai.consent.by-use: use alone is reported as no valid consent', () => {
    expect(found('CONSENT_BY_USE')).toMatchObject([{ severity: 'warning', clause: 'sdance-ai.consent.by-use' }]);
    expect(places('CONSENT_BY_USE', policyWith(['acceptance: { by: use', 'acceptance: { by: act']))).toEqual([]);
  });

  test('sdance-ai.notice.third-parties: the announced list that is empty is reported, and a filled one is not', () => {
    expect(found('ANNOUNCED_LIST_EMPTY')).toMatchObject([{ clause: 'sdance-ai.notice.third-parties' }]);
    expect(places('ANNOUNCED_LIST_EMPTY', policyWith(['listed: []', 'listed: [creem, cloudflare]']))).toEqual([]);
  });

  test('sdance-ai.notice.third-parties: the announced date that is absent is reported, and a given one is not', () => {
    expect(found('ANNOUNCED_DATE_ABSENT')).toMatchObject([{ clause: 'sdance-ai.notice.changes' }]);
    expect(places('ANNOUNCED_DATE_ABSENT', policyWith([/^notice:$/m, 'notice:\n  lastUpdated: 2026-01-15']))).toEqual(
      [],
    );
  });

  test('sdance-ai.retention.account: the operator’s number is shown as such, the notice’s is not', () => {
    expect(places('PERIOD_CHOSEN_BY_OPERATOR')).toEqual(
      expect.arrayContaining(['retention.account', 'retention.generated-videos.grace']),
    );
    expect(places('PERIOD_CHOSEN_BY_OPERATOR')).not.toContain('retention.generated-videos');
    const published = policyWith([
      'covers: [account]\n    keep: { atMost: P30D, from: operator }',
      'covers: [account]\n    keep: { atMost: P30D, from: notice }',
    ]);
    expect(places('PERIOD_CHOSEN_BY_OPERATOR', published)).not.toContain('retention.account');
  });

  test('a category that no rule ends is an error', () => {
    const endless = { ...policy, retention: policy.retention.filter((rule) => rule.id !== 'api-logs') };
    expect(places('CATEGORY_WITHOUT_PERIOD')).toEqual([]);
    expect(found('CATEGORY_WITHOUT_PERIOD', endless).map((one) => [one.where, one.severity])).toEqual([
      ['categories.log.api', 'error'],
      ['categories.log.error', 'error'],
      ['categories.log.performance', 'error'],
    ]);
  });

  test('a recipient that acts for us without a link to its terms is named', () => {
    expect(places('RECIPIENT_WITHOUT_TERMS')).toEqual(['recipients.email-provider']);
  });

  test('dates of agreements are looked at only when it is known what day it is', () => {
    const expired = policyWith([fal, fal.replace('2030-12-31', '2026-03-19')]);
    expect(lint(expired).findings.filter((one) => one.code.startsWith('AGREEMENT'))).toEqual([]);
  });

  test('the pack has no error, and the worst comes first', () => {
    const severities = lint(policy, NOW).findings.map((one) => one.severity);
    expect(severities).not.toContain('error');
    expect(severities).toEqual([...severities].sort().reverse());
  });
});
