import { describe, expect, test } from '@jest/globals';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { loadRegimes } from '../../../packages/core/src/adapters/policy/loadRegime.ts';
import { lint } from '../../../packages/core/src/kernel/lint/lint.ts';
import { type LintCode, lintCodes } from '../../../packages/core/src/kernel/lint/lintCodes.ts';
import type { LintFinding } from '../../../packages/core/src/kernel/lint/lintFinding.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';
import { policyWith } from '../policy/editedPack.ts';
import { clean, examples } from './examples.ts';

const NOW = new Date('2026-03-20T12:00:00Z');
const policy = await loadPack('sdance-ai');
const regimes = await loadRegimes();
const codes = Object.keys(lintCodes) as LintCode[];
const found = (code: string, pack: Policy = policy, now: Date = NOW): readonly LintFinding[] =>
  lint(pack, { now, regimes }).findings.filter((one) => one.code === code);
const places = (code: string, pack?: Policy, now?: Date): string[] => found(code, pack, now).map((one) => one.where);

describe('lint', () => {
  test.each(codes)('%s is found in the bad example, with place, clause and remedy, and not in the good one', (code) => {
    const { bad = [], good = [], turn = (pack) => pack, where } = examples[code];
    const finding = found(code, turn(policyWith(...bad))).find((one) => one.where === where);
    expect(finding).toMatchObject({ severity: lintCodes[code].severity, remedy: expect.stringMatching(/\w/) });
    expect(places(code, policyWith(...good))).not.toContain(where);
  });

  test('a clean policy has no finding at all', () => {
    expect(lint(policyWith(...clean), { now: NOW, regimes }).findings).toEqual([]);
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
    const dated = policyWith([/^notice:$/m, 'notice:\n  lastUpdated: 2026-01-15']);
    expect(found('ANNOUNCED_DATE_ABSENT')).toMatchObject([{ clause: 'sdance-ai.notice.changes' }]);
    expect(places('ANNOUNCED_DATE_ABSENT', dated)).toEqual([]);
  });

  test('sdance-ai.retention.account: the operator’s number is shown as such, the notice’s is not', () => {
    expect(places('VAGUE_PERIOD')).toContain('retention.account');
    expect(places('VAGUE_PERIOD')).not.toContain('retention.generated-videos');
    expect(places('PERIOD_CHOSEN_BY_OPERATOR')).toContain('retention.generated-videos.grace');
  });

  test('a recipient in a third country is asked for its safeguard, whatever the home of the controller', () => {
    const far = policyWith([/country: EE\n {4}safeguard: [^\n]+/, 'country: US']);
    expect(places('THIRD_COUNTRY_WITHOUT_SAFEGUARD', far)).toEqual(['recipients.creem']);
  });

  test('a sale is an error where no promise forbids it, too', () => {
    const silent = { ...policyWith(['kind: payment-processor', 'kind: buyer']), never: [] };
    expect(places('SALE_RECIPIENT', silent)).toEqual(['recipients.creem']);
    const purposes = policy.purposes.map((one) => (one.name === 'business-transfer' ? { ...one, name: 'sale' } : one));
    expect(places('SALE_PURPOSE', { ...policy, purposes, never: [] })).toEqual(['purposes.sale']);
  });

  test('a tier that outlives what the notice promises to all is above the ceiling', () => {
    const tiers = { of: 'plan', atMost: { pro: 'P1Y' }, from: 'operator' } as const;
    const retention = policy.retention.map((rule) => (rule.id === 'generated-videos' ? { ...rule, tiers } : rule));
    expect(places('RETENTION_ABOVE_CEILING', { ...policy, retention })).toEqual(['retention.generated-videos.tiers']);
  });

  test('a promise longer than the month of the statute is narrower than it', () => {
    const slow = policyWith([
      'access: { executor: engine, respondWithin: P30D',
      'access: { executor: engine, respondWithin: P45D',
    ]);
    expect(places('NOTICE_NARROWER_THAN_STATUTE', slow)).toEqual(['rights.access']);
  });

  test('a right that is stated for some data alone is narrower than the statute, which has it for all', () => {
    const partly = policyWith(['access: { executor: engine,', 'access: { executor: staff, statedFor: [account],']);
    const [finding] = found('NOTICE_NARROWER_THAN_STATUTE', partly);
    expect([finding?.where, finding?.message]).toEqual([
      'rights.access',
      'the notice states the right of access for account alone, the statute for all personal data',
    ]);
  });

  test('dates of agreements are looked at only when it is known what day it is', () => {
    const expired = policyWith(...(examples.AGREEMENT_EXPIRED.bad ?? []));
    expect(lint(expired, { regimes }).findings.filter((one) => one.code.startsWith('AGREEMENT'))).toEqual([]);
  });

  test('a value of a law that was not read is marked where it is used', () => {
    const [finding] = found('TRAINING_OPT_OUT', policyWith(...(examples.TRAINING_OPT_OUT.bad ?? [])));
    const { training } = regimes.find(({ id }) => id === 'eu-gdpr') ?? {};
    expect(finding?.message.includes('unverified')).toBe(training?.unverified === true);
  });

  test('the pack has no error, and the worst comes first', () => {
    const severities = lint(policy, { now: NOW, regimes }).findings.map((one) => one.severity);
    expect(severities).not.toContain('error');
    expect(severities).toEqual([...severities].sort().reverse());
  });
});
