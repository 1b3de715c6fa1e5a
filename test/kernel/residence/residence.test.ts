import { describe, expect, test } from '@jest/globals';
import { loadRegime } from '../../../packages/core/src/adapters/policy/loadRegime.ts';
import { loadResidence } from '../../../packages/core/src/adapters/policy/loadResidence.ts';
import type { Right } from '../../../packages/core/src/kernel/classify/right.ts';
import { clockKindOf } from '../../../packages/core/src/kernel/clock/law.ts';
import { regimeFor } from '../../../packages/core/src/kernel/residence/regimeFor.ts';
import { residenceCode } from '../../../packages/core/src/kernel/residence/residenceCode.ts';
import { residenceTable } from '../../../packages/core/src/kernel/residence/residenceTable.ts';
import { rightsUnder } from '../../../packages/core/src/kernel/residence/rightsUnder.ts';

const table = await loadResidence();

describe('a residence leads to a law', () => {
  test.each([
    ['DE', 'eu-gdpr', 'a member state'],
    ['NO', 'eu-gdpr', 'a state of the EEA'],
    ['DE-BY', 'eu-gdpr', 'a part of a member state'],
    ['GB', 'uk-gdpr', 'the United Kingdom, which is no member state any more'],
    ['GB-SCT', 'uk-gdpr', 'a nation of it'],
    ['CA', 'ca-pipeda', 'Canada'],
    ['CA-ON', 'ca-pipeda', 'a province without a law of its own'],
    ['CA-QC', 'ca-qc', 'a province with one'],
    ['US-CA', 'us-ca', 'a state with a law'],
    ['us-ca', 'us-ca', 'the same in small letters'],
    ['US-NY', 'fallback', 'a state without one'],
    ['US', 'fallback', 'a country whose states have the laws'],
    ['AQ', 'fallback', 'a place without a law here'],
    ['', 'fallback', 'nothing'],
    ['constructor', 'fallback', 'what is no code at all'],
  ])('%s: %s, since it is %s', (code, regime) => {
    expect(regimeFor(code, table, 'fallback')).toBe(regime);
  });

  test('of which nothing is known to the fallback', () => {
    expect(regimeFor(undefined, table, 'unknown')).toBe('unknown');
  });
});

test('two laws for the same people are refused, both places named', () => {
  const laws = [
    { id: 'eu-gdpr', residents: ['DE', 'FR'] },
    { id: 'uk-gdpr', residents: ['GB', 'FR'] },
  ];
  expect(() => residenceTable(laws)).toThrow(
    expect.objectContaining({ code: 'REGIME_INVALID', place: 'regimes/uk-gdpr.yaml, residents FR' }),
  );
});

describe('the code of a residence', () => {
  test.each([
    ['DE', 'DE'],
    [' us-ca ', 'US-CA'],
    ['GB-SCT', 'GB-SCT'],
    ['AT-9', 'AT-9'],
    ['UK', 'GB'],
    ['EL', 'GR'],
  ])('%s is read as %s', (written, code) => {
    expect(residenceCode(written)).toBe(code);
  });

  test.each(['Austria', 'California', 'Germany', 'DEU', 'D', '', 'US_CA', 'US-CALIF', '276'])(
    '%j names a place to people, and no law to us',
    (written) => {
      expect(residenceCode(written)).toBeUndefined();
      expect(regimeFor(written, table, 'fallback')).toBe('fallback');
    },
  );
});

describe('rights under a law', () => {
  const rule = (right: Right, from: 'notice' | 'statute') => ({ right, from, executor: 'staff', clause: 'x' }) as const;
  const policy = { rights: [rule('objection', 'notice'), rule('access', 'notice'), rule('portability', 'statute')] };
  const granting = (...rights: Right[]) =>
    ({ rights: Object.fromEntries(rights.map((right) => [right, {}])) }) as never;

  test('are those of the notice everywhere, and those that the law grants, each once and in one order', () => {
    expect(rightsUnder(policy, granting('access', 'appeal'))).toEqual(['access', 'objection', 'appeal']);
  });

  test('a right that the pack takes from the statutes is there only where the law has it', () => {
    expect(rightsUnder(policy, granting())).toEqual(['access', 'objection']);
    expect(rightsUnder(policy, granting('portability'))).toEqual(['access', 'portability', 'objection']);
  });
});

test.each([
  ['us-ca', 'optout-sale', 'optout'],
  ['us-ca', 'complaint', 'respond'],
  ['us-ca', 'erasure', 'respond'],
  ['uk-gdpr', 'complaint', 'complaint'],
  ['us-va', 'appeal', 'appeal'],
  ['us-ut', 'appeal', 'respond'],
  ['kr-pipa', 'optout-marketing', 'respond'],
] as const)('under %s the answer to a request for %s has the clock %s', async (regime, right, kind) => {
  expect(clockKindOf(await loadRegime(regime), right)).toBe(kind);
});
