import { wordLists } from './compileVocabulary.ts';
import { insteadOf } from './nearestWord.ts';
import { text } from './plainShape.ts';
import { isMapping } from './shape.ts';
import type { Mistake, PolicySource } from './source.ts';
import { below, mistake, spotOf } from './spot.ts';
import type { Vocabulary, WordList } from './vocabulary.ts';

/** What the words are called in one language: list by list, word to label. */
export type VocabularyLabels = Readonly<Record<WordList, ReadonlyMap<string, string>>>;

/** The labels that stand beside the words, which are English. */
export function ownLabels(vocabulary: Vocabulary): VocabularyLabels {
  return labelled((list) => vocabulary[list].map(({ name, label }) => [name, label]));
}

/** Reads the labels of another language. Each word of the vocabulary needs one, and there is none for anything else. */
export function labelsOf(source: PolicySource, vocabulary: Vocabulary, mistakes: Mistake[]): VocabularyLabels {
  const spot = spotOf(source, mistakes, ['labels']);
  const written = isMapping(source.data) && isMapping(source.data.labels) ? source.data.labels : {};
  for (const key of Object.keys(written)) {
    if (key in wordLists) continue;
    mistake(below(spot, key), 'UNKNOWN_KEY', `unknown list "${key}"`, insteadOf(key, Object.keys(wordLists)));
  }

  return labelled((list, key) => {
    const given = isMapping(written[key]) ? written[key] : {};
    const words = vocabulary[list].map(({ name }) => name);
    for (const name of Object.keys(given)) {
      if (words.includes(name)) continue;
      mistake(below(spot, key, name), 'UNKNOWN_WORD', `label of an unknown word "${name}"`, insteadOf(name, words));
    }
    return words.flatMap((name): [string, string][] => {
      if (given[name] === undefined) {
        mistake(below(spot, key), 'MISSING_KEY', `"${name}" has no label`, `add ${name}: and its label`);
        return [];
      }
      const label = text(given[name], below(spot, key, name));
      return label === undefined ? [] : [[name, label]];
    });
  });
}

function labelled(labels: (list: WordList, key: string) => readonly (readonly [string, string])[]): VocabularyLabels {
  const lists = Object.entries(wordLists).map(([key, list]) => [list, new Map(labels(list, key))] as const);
  return Object.fromEntries(lists) as unknown as VocabularyLabels;
}
