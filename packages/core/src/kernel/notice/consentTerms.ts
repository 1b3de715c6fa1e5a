import { covers } from '../policy/vocabulary.ts';
import type { Teller } from './noticeTeller.ts';

/** Some of a purpose's data may wait for a yes although the purpose does not. */
export function consentTerms(purpose: string, categories: readonly string[], { policy, say, list }: Teller): string[] {
  const { basis } = policy.purposes.find(({ name }) => name === purpose) ?? {};
  if (basis === 'consent') return [];
  const gated = policy.consents
    .filter(({ gates }) => gates.purposes.some((word) => covers(word, purpose)))
    .flatMap(({ gates }) => gates.categories.flatMap((word) => narrower(word, categories)));
  return gated.length === 0 ? [] : [say('purposes.consent', { categories: list('categories', [...new Set(gated)]) })];
}

function narrower(gate: string, categories: readonly string[]): string[] {
  return categories.flatMap((word) => (covers(gate, word) ? [word] : covers(word, gate) ? [gate] : []));
}
