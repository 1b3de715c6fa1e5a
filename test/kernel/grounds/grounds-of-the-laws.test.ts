import { describe, expect, test } from '@jest/globals';
import { loadRegime, loadRegimes } from '../../../packages/core/src/adapters/policy/loadRegime.ts';
import { loadVocabulary } from '../../../packages/core/src/adapters/policy/loadVocabulary.ts';
import type { Right } from '../../../packages/core/src/kernel/classify/right.ts';
import {
  cites,
  groundCited,
  groundNamed,
  groundsFor,
  neverDisclosed,
} from '../../../packages/core/src/kernel/grounds/groundsFor.ts';
import { rightUnder } from '../../../packages/core/src/kernel/grounds/rightUnder.ts';
import type { Purpose } from '../../../packages/core/src/kernel/policy/policy.ts';

const [gdpr, uk, california] = await Promise.all(['eu-gdpr', 'uk-gdpr', 'us-ca'].map(loadRegime));
const laws = await loadRegimes();

const rights: readonly Right[] = [
  'access',
  'rectification',
  'erasure',
  'restriction',
  'portability',
  'objection',
  'withdraw-consent',
];
const short = { granted: 'y', conditional: 'if', none: '-' } as const;

describe('which right follows from which legal basis', () => {
  const row = (basis: Purpose['basis'], name = 'service.operation', law = gdpr) =>
    rights.map((right) => {
      const cell = law && rightUnder(law, { name, basis }, right);
      return cell ? short[cell.is] : '?';
    });

  test.each<readonly [Purpose['basis'], string]>([
    ['consent', 'y y y y y - y'],
    ['contract', 'y y if y y - -'],
    ['legal-obligation', 'y y - y - - -'],
    ['vital-interest', 'y y y y - - -'],
    ['public-task', 'y y - y - y -'],
    ['legitimate-interest', 'y y if y - y -'],
  ])('%s: access, rectification, erasure, restriction, portability, objection, withdrawal are %s', (basis, cells) => {
    expect(row(basis).join(' ')).toBe(cells);
    expect(row(basis, 'service.operation', uk).join(' ')).toBe(cells);
  });

  test('against marketing an objection is never weighed, whatever its basis', () => {
    for (const basis of ['consent', 'legitimate-interest', 'contract'] as const) {
      expect(row(basis, 'marketing.email').join(' ')).toBe('y y y y - y if');
      expect(gdpr && rightUnder(gdpr, { name: 'marketing.email', basis }, 'objection')).toMatchObject({
        article: 'Art 21(2) and (3)',
        weighed: 'never',
      });
    }
  });

  test('each cell names its article, a condition where it has one, and that no text was read for the table', () => {
    for (const { rights: cells } of gdpr?.bases ?? []) {
      for (const cell of Object.values(cells)) {
        expect(cell.article).toMatch(/^Art \d/);
        expect(cell.if !== undefined).toBe(cell.is === 'conditional');
      }
    }
    expect(gdpr && rightUnder(gdpr, { name: 'training', basis: 'consent' }, 'portability')?.unverified).toBe(true);
  });

  test('a law without such a table says nothing of it', () => {
    expect(california && rightUnder(california, { name: 'training', basis: 'consent' }, 'erasure')).toBeUndefined();
  });
});

describe('the grounds against a right', () => {
  const articles = (right: Right): string[] => (gdpr ? groundsFor(gdpr, right).map(({ article }) => article) : []);

  test('of the GDPR are those of Articles 12(5), 15(4), 17(3) and 20(3) to (4), each against its own right', () => {
    const erasure = ['a', 'b', 'c', 'd', 'e'].map((letter) => `Art 17(3)(${letter})`);
    expect(articles('erasure')).toEqual(expect.arrayContaining([...erasure, 'Art 12(5)']));
    expect(articles('access')).toContain('Art 15(4)');
    expect(articles('access').some((article) => article.startsWith('Art 17'))).toBe(false);
    expect(articles('portability')).toEqual(expect.arrayContaining(['Art 20(3)', 'Art 20(4)']));
    expect(articles('objection')).not.toContain('Art 15(4)');
  });

  test('are found by their id, and by a citation that names their article and no other', () => {
    if (!gdpr) throw new Error('no law');
    expect(groundNamed(gdpr, 'erasure', 'legal-obligation')).toMatchObject({ article: 'Art 17(3)(b)', ends: 'date' });
    expect(groundCited(gdpr, 'erasure', 'Art 17(3)(b) GDPR')?.id).toBe('legal-obligation');
    expect(groundCited(gdpr, 'erasure', 'Art 11(2) GDPR')?.id).toBe('not-identified');
    expect(groundCited(gdpr, 'erasure', 'Art 17(3) GDPR')).toBeUndefined();
    expect(groundCited(gdpr, 'access', 'Art 17(3)(b) GDPR')).toBeUndefined();
    expect(cites('Art 17(3)', 'Art 17')).toBe(false);
    expect(cites('Art 17', 'Art 17(3)(b)')).toBe(false);
  });

  test('that a law does not have are refused', () => {
    if (!gdpr) throw new Error('no law');
    for (const id of ['never-disclosed', 'rights-of-others', '__proto__', ''])
      expect(() => groundNamed(gdpr, 'erasure', id)).toThrow(expect.objectContaining({ code: 'GROUND_NOT_FOUND' }));
  });

  test('what California never discloses is named by the words of the vocabulary', async () => {
    const known = (await loadVocabulary()).categories.map(({ name }) => name);
    expect(california && neverDisclosed(california)).toEqual(['account.credential', 'account.api-key', 'payment.card']);
    for (const { refusals } of laws)
      for (const { categories = [] } of refusals) expect(known).toEqual(expect.arrayContaining([...categories]));
    expect(gdpr && neverDisclosed(gdpr)).toEqual([]);
  });

  test('say what ends them wherever they let something stay', () => {
    for (const { id, refusals } of laws) {
      const keeping = refusals.filter(({ id: name }) => /obligation|claims|by-law|needed|health|expression/.test(name));
      for (const ground of keeping) expect([id, ground.id, ground.ends]).toEqual([id, ground.id, expect.any(String)]);
    }
  });
});
