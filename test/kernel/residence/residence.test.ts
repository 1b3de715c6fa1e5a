import { describe, expect, test } from '@jest/globals';
import { loadResidence } from '../../../packages/core/src/adapters/policy/loadResidence.ts';
import { regimeFor } from '../../../packages/core/src/kernel/residence/regimeFor.ts';
import { residenceTable } from '../../../packages/core/src/kernel/residence/residenceTable.ts';

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
