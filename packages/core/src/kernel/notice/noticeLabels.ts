import type { Policy } from '../policy/policy.ts';
import type { WordList } from '../policy/vocabulary.ts';
import type { VocabularyLabels } from '../policy/vocabularyLabels.ts';

/** What a pack's rules are called in another language: rule id, or rule id with `.source`, `.ground` or `.text`. */
export type RuleLabels = Readonly<Record<string, string>>;

/** What rules and words are called in the language of a notice. */
export interface NoticeLabels {
  /** Of a rule; `english` is what the policy itself says. Where a word's own label is meant, the word's translation serves. */
  rule(id: string, english: string, word?: readonly [WordList, string]): string;
  word(list: WordList, name: string): string;
  /** Of a recipient: a name needs no translation. */
  name(id: string, english: string): string;
  /** Ids for which nobody wrote a translation, sorted: they stand in English. */
  missing(): string[];
}

/** Labels out of the policy itself, and where `translated` is given, out of that. */
export function noticeLabels(
  { vocabulary, categories, purposes }: Policy,
  translated?: { readonly rules: RuleLabels; readonly words: VocabularyLabels },
): NoticeLabels {
  const lacking = new Set<string>();
  const english = (list: WordList, name: string): string =>
    vocabulary[list].find((word) => word.name === name)?.label ?? name;
  const inEnglish = (id: string, text: string): string => {
    if (translated !== undefined) lacking.add(id);
    return text;
  };

  const labels: NoticeLabels = {
    rule(id, text, word) {
      const own = translated?.rules[id];
      if (own !== undefined || translated === undefined) return own ?? text;
      if (word !== undefined && english(...word) === text) return labels.word(...word);
      return inEnglish(id, text);
    },
    word(list, name) {
      // A category or purpose is called what the policy calls it; a wider word is called what the vocabulary does.
      const rule = list === 'categories' ? categories : list === 'purposes' ? purposes : [];
      const listed = rule.find((one) => one.name === name);
      const own = translated?.rules[`${list}.${name}`];
      if (own !== undefined) return own;
      if (translated === undefined) return listed?.label ?? english(list, name);
      return translated.words[list].get(name) ?? inEnglish(`${list}.${name}`, english(list, name));
    },
    name: (id, text) => translated?.rules[id] ?? text,
    missing: () => [...lacking].sort(),
  };
  return labels;
}
