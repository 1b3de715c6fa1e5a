import type { Policy } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';

/** Categories that served these purposes and no other: nothing is left for which they are kept (Art 17(1)(c) GDPR). */
export function onlyFor({ purposes, categories }: Policy, ended: readonly string[]): string[] {
  const hasEnded = (purpose: string): boolean => ended.some((word) => covers(word, purpose));
  const serves = (category: string, isEnded: boolean): boolean =>
    purposes.some(
      (purpose) => hasEnded(purpose.name) === isEnded && purpose.categories.some((word) => covers(word, category)),
    );
  return categories.map(({ name }) => name).filter((name) => serves(name, true) && !serves(name, false));
}
