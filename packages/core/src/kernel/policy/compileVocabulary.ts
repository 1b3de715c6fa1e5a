import { flag, oneOf, text } from './plainShape.ts';
import { fields, listOf, mapOf, maybe, type Shape } from './shape.ts';
import type { Mistake, PolicySource } from './source.ts';
import { below, mistake, type Spot, spotOf } from './spot.ts';
import { dataOrigins, type Vocabulary, type Word, type WordList } from './vocabulary.ts';

/** Top-level key of a vocabulary file to the list it fills. */
export const wordLists: Readonly<Record<string, WordList>> = {
  categories: 'categories',
  purposes: 'purposes',
  'recipient-kinds': 'recipientKinds',
  safeguards: 'safeguards',
  rights: 'rights',
};

const word: Shape<Omit<Word, 'name'>> = fields<Omit<Word, 'name'> & { dpv: readonly string[] }>({
  label: { shape: text, needed: true },
  dpv: { shape: listOf(text), needed: false, fallback: [] },
  fideslang: maybe(text),
  needsAgreement: maybe(flag),
  source: maybe(text),
  origin: maybe(oneOf(...dataOrigins)),
});

const words = mapOf(word);

/** Reads the vocabulary files; each may hold several lists. A dotted word needs its wider word to be defined too. */
export function compileVocabulary(sources: readonly PolicySource[], mistakes: Mistake[]): Vocabulary {
  const vocabulary: Record<WordList, Word[]> = {
    categories: [],
    purposes: [],
    recipientKinds: [],
    safeguards: [],
    rights: [],
  };

  for (const source of sources) {
    for (const [key, value] of Object.entries(Object(source.data) as Record<string, unknown>)) {
      const spot = spotOf(source, mistakes, [key]);
      const list = wordLists[key];
      if (list === undefined) {
        mistake(spot, 'UNKNOWN_KEY', `unknown list "${key}"`, `use one of: ${Object.keys(wordLists).join(', ')}`);
        continue;
      }
      const read = words(value, spot) ?? {};
      for (const [name, rest] of Object.entries(read)) {
        checkName(name, Object.keys(Object(value)), below(spot, name));
        vocabulary[list].push({ name, ...rest });
      }
    }
  }
  return vocabulary;
}

const NAME = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*$/;

/** What a word lies under is in its name, so the one circle that can be written is a step that comes back in it. */
function checkName(name: string, defined: readonly string[], spot: Spot): void {
  const steps = name.split('.');
  const wider = steps.slice(0, -1).join('.');
  if (!NAME.test(name)) {
    mistake(spot, 'WRONG_SHAPE', `"${name}" is no word`, 'write small letters, digits and hyphens, with dots between');
  } else if (new Set(steps).size < steps.length) {
    mistake(spot, 'WORD_CIRCULAR', `"${name}" lies under itself`, 'name the narrower word differently');
  } else if (wider !== '' && !defined.includes(wider)) {
    mistake(spot, 'UNKNOWN_WORD', `"${name}" lies under "${wider}", which is not defined`, `define ${wider}`);
  }
}
