import { covers } from '../policy/vocabulary.ts';

/** What two lists of words have in common, each time the narrower word, sorted. */
export function sharedWords(one: readonly string[], other: readonly string[]): string[] {
  const within = (words: readonly string[], wider: readonly string[]): string[] =>
    words.filter((word) => wider.some((each) => covers(each, word)));
  return [...new Set([...within(one, other), ...within(other, one)])].sort();
}
