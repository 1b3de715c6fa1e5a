import { EMAIL } from './lexicon.ts';
import { endsAt, type Steps } from './pattern.ts';
import type { Phrases } from './phrases.ts';
import { addressIn, type Sentence } from './sentences.ts';

const MOST = 10;

/** Addresses that the text calls the person's own, such as "my account is under ann@example.com". Lower case, at most ten. */
export function namedAddresses(
  sentences: readonly Sentence[],
  phrases: Phrases,
  { notThese, steps }: { readonly notThese: readonly string[]; readonly steps: Steps },
): string[] {
  const email = phrases.lexicon.read(EMAIL)[0];
  const known = new Set(notThese.map((address) => address.toLowerCase()));
  const named = new Set<string>();
  for (const sentence of sentences) {
    if (!sentence.ids.includes(email ?? -1)) continue;
    // An address often stands in brackets or after a comma, which end the reach of other phrases.
    const words = { ids: sentence.ids, breaks: [] };
    for (let start = 0; start < sentence.ids.length; start += 1) {
      for (const { pattern } of phrases.naming.get(sentence.ids[start] ?? 0) ?? []) {
        for (const end of endsOf(endsAt(pattern, words, start, steps), start)) {
          const address = addressIn(sentence.text.slice(sentence.from[end - 1], sentence.to[end - 1]));
          if (address !== undefined && !known.has(address)) named.add(address);
        }
      }
    }
  }
  return [...named].sort().slice(0, MOST);
}

function endsOf(bits: number, start: number): number[] {
  return Array.from({ length: 31 }, (_, at) => at)
    .filter((at) => (bits & (1 << at)) !== 0)
    .map((at) => start + at);
}
