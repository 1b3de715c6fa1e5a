import { describe, expect, test } from '@jest/globals';
import { loadVocabulary } from '../../packages/core/src/adapters/policy/loadVocabulary.ts';
import { labelLanguages, loadVocabularyLabels } from '../../packages/core/src/adapters/policy/loadVocabularyLabels.ts';
import { policiesDir } from '../../packages/core/src/adapters/policy/policiesDir.ts';
import { parseSource, yamlSource } from '../../packages/core/src/adapters/policy/yamlSource.ts';
import { compileVocabulary } from '../../packages/core/src/kernel/policy/compileVocabulary.ts';
import type { Mistake } from '../../packages/core/src/kernel/policy/source.ts';
import type { WordList } from '../../packages/core/src/kernel/policy/vocabulary.ts';
import { labelsOf } from '../../packages/core/src/kernel/policy/vocabularyLabels.ts';

interface Extract {
  readonly licence: string;
  readonly namespaces: Readonly<Record<string, string>>;
  readonly terms: Readonly<Record<string, readonly string[]>>;
  readonly categories: readonly string[];
  readonly purposes: readonly string[];
}

const vocabulary = await loadVocabulary();
const lists = Object.keys(vocabulary) as WordList[];
const extract = async (name: string): Promise<Extract> =>
  (await yamlSource(policiesDir('vocabulary', 'sources', `${name}.yaml`), name)).data as Extract;
const dpv = await extract('dpv-2.3');
const fideslang = await extract('fideslang-3.1');

function mistakesIn(...lines: readonly string[]): [string, string, string][] {
  const mistakes: Mistake[] = [];
  compileVocabulary([parseSource(lines.join('\n'), 'words.yaml')], mistakes);
  return mistakes.map((one) => [`${one.line}:${one.column}`, one.code, `${one.message} — ${one.remedy}`]);
}

describe('the vocabulary', () => {
  test('points only at identifiers of DPV that the checked extract holds, under one of its namespaces', () => {
    const known = Object.entries(dpv.terms).flatMap(([prefix, terms]) => terms.map((term) => `${prefix}:${term}`));
    const used = lists.flatMap((list) => vocabulary[list].flatMap((word) => word.dpv));
    expect(used.length).toBeGreaterThan(80);
    expect(used.filter((iri) => !known.includes(iri))).toEqual([]);
    expect(Object.keys(dpv.terms).filter((prefix) => dpv.namespaces[prefix] === undefined)).toEqual([]);
    expect(Object.values(dpv.namespaces).filter((iri) => !/^https:\/\/w3id\.org\/dpv.*#$/.test(iri))).toEqual([]);
  });

  test('points only at keys of fideslang that the checked extract holds, each of the right kind', () => {
    const strange = (['categories', 'purposes'] as const).flatMap((list) =>
      vocabulary[list].filter((word) => word.fideslang !== undefined && !fideslang[list].includes(word.fideslang)),
    );
    expect(strange).toEqual([]);
    expect(vocabulary.categories.filter((word) => word.fideslang !== undefined).length).toBeGreaterThan(30);
    for (const list of ['recipientKinds', 'safeguards', 'rights'] as const) {
      expect(vocabulary[list].filter((word) => word.fideslang !== undefined)).toEqual([]);
    }
  });

  test('carries the licences of what it points at', () => {
    expect([dpv.licence, fideslang.licence]).toEqual(['W3C Software and Document License 2023', 'CC BY 4.0']);
  });

  test('names the law behind each right and each safeguard', () => {
    const words = [...vocabulary.rights, ...vocabulary.safeguards];
    expect(words.filter((word) => word.source === undefined)).toEqual([]);
  });

  test('asks an agreement of a narrower kind of recipient where it asks one of the wider', () => {
    const asked = (name: string) =>
      vocabulary.recipientKinds.find((word) => word.name === name)?.needsAgreement ?? false;
    const narrower = vocabulary.recipientKinds.map((word) => word.name).filter((name) => name.includes('.'));
    expect(narrower.length).toBeGreaterThan(0);
    for (const name of narrower) expect([name, asked(name)]).toEqual([name, asked(name.split('.')[0] ?? '')]);
  });

  test('has no two words of a list with one label', () => {
    for (const list of lists) {
      const labels = vocabulary[list].map((word) => word.label);
      expect(labels.filter((label, place) => labels.indexOf(label) !== place)).toEqual([]);
    }
  });
});

describe('a vocabulary is refused', () => {
  test('where a word lies under itself, so that nothing in the hierarchy goes in a circle', () => {
    expect(
      mistakesIn(
        'categories:',
        '  account: { label: Account }',
        '  account.contact: { label: Contact }',
        '  account.account: { label: Account of an account }',
        '  account.contact.account: { label: Circle }',
      ),
    ).toEqual([
      ['4:3', 'WORD_CIRCULAR', '"account.account" lies under itself — name the narrower word differently'],
      ['5:3', 'WORD_CIRCULAR', '"account.contact.account" lies under itself — name the narrower word differently'],
    ]);
  });

  test('where a word lies under one that is not defined', () => {
    expect(mistakesIn('purposes:', '  safety.abuse: { label: Abuse }')).toEqual([
      ['2:3', 'UNKNOWN_WORD', '"safety.abuse" lies under "safety", which is not defined — define safety'],
    ]);
  });

  test.each(['Account', 'account..contact', '.contact', 'account.', 'account contact'])(
    'where "%s" is a word',
    (name) => {
      expect(mistakesIn('categories:', `  "${name}": { label: A }`)).toEqual([
        ['2:3', 'WRONG_SHAPE', expect.stringContaining(`"${name}" is no word`)],
      ]);
    },
  );

  test('where a list is unknown, a key is, or a label is missing', () => {
    expect(
      mistakesIn('category:', '  a: {}', 'rights:', '  access: { labels: A copy }').map(([at, code]) => [at, code]),
    ).toEqual([
      ['1:1', 'UNKNOWN_KEY'],
      ['4:13', 'UNKNOWN_KEY'],
      ['4:3', 'MISSING_KEY'],
    ]);
  });
});

describe('the labels of the words', () => {
  test('are there in each language for every word, and for nothing else', async () => {
    expect(await labelLanguages()).toEqual(['de', 'en']);
    for (const language of await labelLanguages()) {
      const labels = await loadVocabularyLabels(language);
      for (const list of lists) {
        expect([language, list, [...labels[list].keys()]]).toEqual([
          language,
          list,
          vocabulary[list].map(({ name }) => name),
        ]);
      }
    }
  });

  test('differ between the languages, save where a word is the same in both', async () => {
    const [english, german] = [await loadVocabularyLabels('en'), await loadVocabularyLabels('de')];
    const same = lists.flatMap((list) =>
      [...english[list]].filter(([name, label]) => german[list].get(name) === label),
    );
    expect(same.map(([name]) => name)).toEqual(['generation.prompt', 'infrastructure.hosting']);
  });

  test('are refused with a word that nobody knows, without one that everybody uses, and empty', () => {
    const mistakes: Mistake[] = [];
    const { safeguards, ...rest } = vocabulary;
    const none = { categories: [], purposes: [], recipientKinds: [], rights: [] } satisfies {
      [K in keyof typeof rest]: [];
    };
    const text = [
      'labels:',
      '  safeguard: {}',
      '  safeguards:',
      '    adequacy-decisions: Beschluss',
      '    explicit-consent: ""',
    ].join('\n');
    labelsOf(parseSource(text, 'xx.yaml'), { ...none, safeguards }, mistakes);
    expect(mistakes.map((one) => [one.line, one.code, one.remedy])).toEqual([
      [2, 'UNKNOWN_KEY', 'did you mean "safeguards"?'],
      [4, 'UNKNOWN_WORD', 'did you mean "adequacy-decision"?'],
      [3, 'MISSING_KEY', 'add adequacy-decision: and its label'],
      [3, 'MISSING_KEY', 'add standard-contractual-clauses: and its label'],
      [3, 'MISSING_KEY', 'add binding-corporate-rules: and its label'],
      [5, 'WRONG_SHAPE', 'write it in quotes'],
    ]);
  });

  test('of a language that nobody wrote are not found, and those that are there are named', async () => {
    await expect(loadVocabularyLabels('fr')).rejects.toMatchObject({
      code: 'POLICY_FILE_NOT_FOUND',
      remedy: 'use one of: de, en',
    });
  });
});
