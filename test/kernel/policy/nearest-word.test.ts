import { describe, expect, test } from '@jest/globals';
import { loadVocabulary } from '../../../packages/core/src/adapters/policy/loadVocabulary.ts';
import { insteadOf, nearestWord } from '../../../packages/core/src/kernel/policy/nearestWord.ts';
import { definedWords } from '../../../packages/core/src/kernel/policy/vocabulary.ts';

const { categories, purposes, rights } = definedWords(await loadVocabulary());
const keys = ['from', 'keep', 'since', 'then', 'unless', 'covers', 'children', 'atMost'];

describe('the nearest right word', () => {
  test.each([
    ['suport', categories, 'support'],
    ['acount.contact', categories, 'account.contact'],
    ['account.contakt', categories, 'account.contact'],
    ['Account.Contact', categories, 'account.contact'],
    ['contact', categories, 'account.contact'],
    ['categories.log.perfomance', ['categories.log.api', 'categories.log.performance'], 'categories.log.performance'],
    ['generation.last-digits', categories, 'payment.last-digits'],
    ['improvements', purposes, 'improvement'],
    ['erasur', rights, 'erasure'],
    ['unles', keys, 'unless'],
    ['sinse', keys, 'since'],
    ['childs', keys, 'children'],
    ['form', keys, 'from'],
    ['atmost', keys, 'atMost'],
    ['creme', ['creem', 'cloudflare'], 'creem'],
    [
      'sdance-ai.retention.videos-60-days',
      ['sdance-ai.retention.account', 'sdance-ai.retention.videos-30-days'],
      'sdance-ai.retention.videos-30-days',
    ],
  ])('for %s out of %j is %s', (word, known, nearest) => {
    expect(nearestWord(word, known)).toBe(nearest);
  });

  test.each([
    ['fal', ['log', 'usage', 'api']],
    ['fr', ['de', 'en']],
    ['home', ['name', 'log']],
    ['account.home', categories],
    ['account.zodiac', categories],
    ['pictures', ['media']],
    ['', keys],
    ['advertising', purposes],
    ['cookies.performance', ['categories.log.performance', 'purposes.analytics']],
  ])('is not made up for %s out of %j', (word, known) => {
    expect(nearestWord(word, known)).toBeUndefined();
  });

  test('gives way to all that are possible, or to those that begin alike', () => {
    expect(insteadOf('fal', ['usage', 'log'])).toBe('use one of: log, usage');
    expect(insteadOf('account.zodiac', ['log.api', 'account.contact', 'account.age'])).toBe(
      'use one of: account.age, account.contact',
    );
    expect(insteadOf('fal', [])).toBe('remove it');
  });

  test('gives way to families of words where single ones are too many', () => {
    expect(insteadOf('zodiac', categories)).toMatch(
      /^use one of: account, account\.…, choice, choice\.…, credit, .*usage\.…$/,
    );
    expect(insteadOf('account.zodiac', categories)).toMatch(/^use one of: account, account\.age, .*account\.sign-in$/);
    expect(insteadOf('zodiac', rights)).toBe(`use one of: ${rights.join(', ')}`);
  });
});
