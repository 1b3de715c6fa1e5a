import { tableOf } from '../decide/policyTable.ts';
import type { Policy } from '../policy/policy.ts';
import { covers, definedWords } from '../policy/vocabulary.ts';

/** The words that an objection can use: it may deny what they mean, or a part of it. */
export function objectableWords(policies: readonly Policy[]): string[] {
  const words = policies.flatMap((policy) => {
    const denied = [
      ...policy.purposes.filter(({ objectable }) => objectable).map(({ name }) => name),
      ...policy.consents.flatMap(({ gates }) => gates.purposes),
    ];
    const { purposeFor } = tableOf(policy);
    const gated = (word: string): boolean =>
      policy.consents.some(({ gates }) => gates.purposes.some((wider) => covers(wider, word)));
    return definedWords(policy.vocabulary).purposes.filter(
      (word) => denied.some((one) => covers(word, one)) || purposeFor(word)?.objectable || gated(word),
    );
  });
  return [...new Set(words)].sort();
}
