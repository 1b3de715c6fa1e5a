import { narrowest } from '../policy/narrowest.ts';
import type { Policy, Purpose } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import { isMarketing } from './isMarketing.ts';

/** What an objection comes to under a policy, in its words. */
export interface ObjectedTo {
  /** Marketing, and what waits for a consent: it ends whatever the reasons (Art 21(3), Art 7(3) GDPR). */
  readonly atOnce: readonly string[];
  /** What ends unless compelling grounds outweigh (Art 21(1)). */
  readonly weighed: readonly string[];
}

/** The purposes that an objection is about; of a wider word those below it, and of none named all that can be objected to. */
export function objectedTo(policy: Policy, named: readonly string[] | undefined): ObjectedTo {
  const objectable = policy.purposes.filter((purpose) => purpose.objectable || waits(policy, purpose));
  const ends = (word: string): boolean => {
    const purpose = narrowest(objectable.filter(({ name }) => covers(name, word)));
    return isMarketing(policy.vocabulary, word) || (purpose !== undefined && waits(policy, purpose));
  };
  const words = objectable.map(({ name }) => name);
  const meant = named ? named.flatMap((word) => narrowed(word, words)) : words;
  const purposes = [...new Set(meant)].sort();
  return {
    atOnce: purposes.filter(ends),
    weighed: purposes.filter((purpose) => !ends(purpose)),
  };
}

/** Whether nothing is used for it without a consent. */
function waits({ consents }: Policy, { name, basis, categories }: Purpose): boolean {
  const gates = consents
    .map((consent) => consent.gates)
    .filter((gate) => gate.purposes.some((word) => covers(word, name)));
  return (
    basis === 'consent' ||
    categories.every((category) => gates.some((gate) => gate.categories.some((word) => covers(word, category))))
  );
}

/** The policy's purposes below a word; the word itself where it is a part of one. */
function narrowed(word: string, objectable: readonly string[]): string[] {
  const below = objectable.filter((purpose) => covers(word, purpose));
  if (below.length > 0) return below;
  return objectable.some((purpose) => covers(purpose, word)) ? [word] : [];
}
