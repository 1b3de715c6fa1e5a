import { describe, expect, test } from '@jest/globals';
import { loadPack } from '../../packages/core/src/adapters/policy/loadPack.ts';
import { loadRegimes } from '../../packages/core/src/adapters/policy/loadRegime.ts';
import { lint } from '../../packages/core/src/kernel/lint/lint.ts';
import type { LintCode } from '../../packages/core/src/kernel/lint/lintCodes.ts';
import type { LintFinding } from '../../packages/core/src/kernel/lint/lintFinding.ts';
import { packs } from './packs.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const regimes = await loadRegimes();
const findingsOf = async (pack: string): Promise<readonly LintFinding[]> =>
  lint(await loadPack(pack), { now: NOW, regimes }).findings;

/** What the text itself gets wrong, by pack: code and place. Numbers that it leaves open are counted apart. */
const smells: Readonly<Record<string, readonly (readonly [LintCode, string])[]>> = {
  seedance25: [['NOTICE_NARROWER_THAN_STATUTE', 'rights.withdraw-consent']],
  'sdance-ai': [
    ['ANNOUNCED_DATE_ABSENT', 'notice.changes'],
    ['ANNOUNCED_LIST_EMPTY', 'notice.third-parties'],
    ['CONSENT_BY_USE', 'notice.acceptance'],
  ],
  'seedance-api': [
    ['MODEL_OPERATOR_UNLISTED', 'notice.powered-by'],
    ['NO_RIGHTS_STATED', 'rights'],
  ],
  seedream4: [
    ['CARD_NUMBER_COLLECTED', 'categories.payment.card'],
    ['ANNOUNCED_DATE_ABSENT', 'notice.changes'],
    ['CONSENT_BY_USE', 'notice.acceptance'],
    ['EXCEPTION_LIST_EMPTY', 'never.transfer'],
    ['NO_RETENTION_STATED', 'retention'],
    ['NO_RIGHTS_STATED', 'rights'],
    ['TRAINING_OPT_OUT', 'consents.training'],
  ],
  'stripe-paypal-studio': [
    ['NOTICE_NARROWER_THAN_STATUTE', 'rights.access'],
    ['NOTICE_NARROWER_THAN_STATUTE', 'rights.objection'],
    ['NOTICE_NARROWER_THAN_STATUTE', 'rights.portability'],
    ['NOTICE_NARROWER_THAN_STATUTE', 'rights.rectification'],
    ['NOTICE_NARROWER_THAN_STATUTE', 'rights.restriction'],
    ['NOTICE_NARROWER_THAN_STATUTE', 'rights.withdraw-consent'],
  ],
};

const numbers = ['PERIOD_CHOSEN_BY_OPERATOR', 'PERIOD_NOT_STATED', 'VAGUE_PERIOD'];
const links = ['RECIPIENT_WITHOUT_TERMS'];

describe.each(packs)('kept lint on %s', (pack) => {
  test('finds what its text gets wrong, and nothing else', async () => {
    const found = (await findingsOf(pack)).filter(({ code }) => ![...numbers, ...links].includes(code));
    expect(found.map(({ code, where }) => [code, where])).toEqual(smells[pack]);
  });

  test('names every number that the operator chose, once each', async () => {
    const { retention, recipients, security, purposes, rights } = await loadPack(pack);
    const origins = [
      ...retention.flatMap(({ keep, grace, otherwise, tiers }) => [keep, grace, otherwise, tiers?.grace]),
      ...recipients.map(({ keeps }) => keeps),
      ...security.map(({ every }) => every),
      ...purposes.map(({ aggregate }) => aggregate),
      ...rights.map(({ delay }) => delay),
    ];
    const found = (await findingsOf(pack)).filter(({ code }) => numbers.includes(code));
    expect(found).toHaveLength(origins.filter((one) => one?.from === 'operator').length);
    expect(new Set(found.map(({ where }) => where)).size).toBe(found.length);
  });

  test('gives each finding the clause that it is about', async () => {
    for (const finding of await findingsOf(pack)) expect(finding.clause).toMatch(new RegExp(`^${pack}\\.`));
  });
});

describe('the findings that clauses of the notices ask for', () => {
  const about = async (pack: string, code: LintCode): Promise<readonly (string | undefined)[]> =>
    (await findingsOf(pack)).filter((one) => one.code === code).map(({ clause }) => clause);

  test('seedance-api.recipient.model-provider-unnamed: the operator of the models is missing from the closed list, and prompts have no period in the text', async () => {
    expect(await about('seedance-api', 'MODEL_OPERATOR_UNLISTED')).toEqual([
      'seedance-api.recipient.model-provider-unnamed',
    ]);
    const [inputs] = (await findingsOf('seedance-api')).filter(({ where }) => where === 'retention.inputs');
    expect(inputs).toMatchObject({ code: 'PERIOD_NOT_STATED', message: expect.stringContaining('generation.prompt') });
  });

  test('that card numbers are collected is reported as a conflict with card-data rules (part of seedream4.collects.payment)', async () => {
    expect(await about('seedream4', 'CARD_NUMBER_COLLECTED')).toEqual(['seedream4.collects.payment']);
  });

  test('seedream4.never.transfer: the exceptions that are announced and not named are reported', async () => {
    expect(await about('seedream4', 'EXCEPTION_LIST_EMPTY')).toEqual(['seedream4.never.transfer']);
  });

  test('seedream4.consent.by-use: use alone is reported as no valid consent', async () => {
    expect(await about('seedream4', 'CONSENT_BY_USE')).toEqual(['seedream4.consent.by-use']);
  });

  test('seedream4.right.none-stated: both gaps are reported, rights and periods', async () => {
    expect(await about('seedream4', 'NO_RIGHTS_STATED')).toEqual(['seedream4.right.none-stated']);
    expect(await about('seedream4', 'NO_RETENTION_STATED')).toEqual(['seedream4.right.none-stated']);
  });

  test('seedance-api.contact.email: that the text states no rights is reported', async () => {
    expect(await about('seedance-api', 'NO_RIGHTS_STATED')).toEqual(['seedance-api.contact.email']);
  });

  test('stripe-paypal-studio.right.access: where the statute grants more than the text, the statute wins and that is said', async () => {
    const { rights } = await loadPack('stripe-paypal-studio');
    expect(rights.filter(({ from }) => from === 'statute').map(({ right }) => right)).toEqual(
      expect.arrayContaining(['portability', 'objection', 'restriction', 'withdraw-consent']),
    );
    const narrower = await about('stripe-paypal-studio', 'NOTICE_NARROWER_THAN_STATUTE');
    expect(narrower).toHaveLength(6);
    expect(narrower).toContain('stripe-paypal-studio.right.access');
  });
});
