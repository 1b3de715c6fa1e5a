import type { Policy } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';

/**
 * Words of purposes as a reader must hear them: one that is itself a listed purpose stands with the listed purposes below
 * it, which it includes and its label does not tell of. A wider word, such as `service`, has a label for all of them.
 */
export function listedUnder({ purposes }: Policy, words: readonly string[]): string[] {
  const names = purposes.map(({ name }) => name);
  return words.flatMap((word) => (names.includes(word) ? names.filter((name) => covers(word, name)) : [word]));
}
