import { flag, text } from './plainShape.ts';
import { fields, listOf, mapOf, maybe, type Shape } from './shape.ts';
import type { Mistake, PolicySource } from './source.ts';
import { below, mistake, spotOf } from './spot.ts';
import type { Vocabulary, Word, WordList } from './vocabulary.ts';

/** Top-level key of a vocabulary file to the list it fills. */
const lists: Readonly<Record<string, WordList>> = {
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
      const list = lists[key];
      if (list === undefined) {
        mistake(spot, 'UNKNOWN_KEY', `unknown list "${key}"`, `use one of: ${Object.keys(lists).join(', ')}`);
        continue;
      }
      const read = words(value, spot) ?? {};
      for (const [name, rest] of Object.entries(read)) {
        const wider = name.slice(0, Math.max(0, name.lastIndexOf('.')));
        if (wider !== '' && !(wider in Object(value))) {
          mistake(
            below(spot, name),
            'UNKNOWN_WORD',
            `"${name}" lies under "${wider}", which is not defined`,
            `define ${wider}`,
          );
        }
        vocabulary[list].push({ name, ...rest });
      }
    }
  }
  return vocabulary;
}
