import { EMAIL } from './lexicon.ts';
import { endsAt, type Steps } from './pattern.ts';
import type { Phrases } from './phrases.ts';
import { addressIn, type Sentence } from './sentences.ts';

const MOST = 10;

/**
 * Addresses of people whose data the text may be about. Lower case, at most ten: those it calls an account's, such as "my account
 * is under ann@example.com", and those that stand in or beside a sentence that asks for something. Not those it only says in
 * passing: to reply to, of a colleague in copy, below the writer's name.
 */
export function namedAddresses(
  sentences: readonly Sentence[],
  phrases: Phrases,
  {
    asking,
    notThese,
    steps,
  }: { readonly asking: ReadonlySet<Sentence>; readonly notThese: readonly string[]; readonly steps: Steps },
): string[] {
  const email = phrases.lexicon.read(EMAIL)[0] ?? -1;
  const known = new Set(notThese.map((address) => address.toLowerCase()));
  const named = new Set<string>();
  for (const [index, sentence] of sentences.entries()) {
    if (!sentence.ids.includes(email)) continue;
    const aside = new Set(addressesIn(sentence, email, phrases.asides, steps).flatMap((run) => run.slice(0, 1)));
    const called = addressesIn(sentence, email, phrases.naming, steps).flatMap((run) => run.slice(-1));
    const beside = isBeside(sentences, index, asking, email, phrases) ? placesOf(email, sentence) : [];
    for (const at of [...called, ...beside]) {
      const address = addressIn(sentence.text.slice(sentence.from[at], sentence.to[at]));
      if (!aside.has(at) && address !== undefined && !known.has(address)) named.add(address);
    }
  }
  return [...named].sort().slice(0, MOST);
}

/** The addresses within each match of the patterns, as places in the sentence. */
function addressesIn({ ids }: Sentence, email: number, patterns: Phrases['naming'], steps: Steps): number[][] {
  // An address often stands in brackets or after a comma, which end the reach of other phrases.
  const words = { ids, breaks: [] };
  const runs: number[][] = [];
  for (let start = 0; start < ids.length; start += 1) {
    for (const { pattern } of patterns.get(ids[start] ?? 0) ?? []) {
      for (const end of endsOf(endsAt(pattern, words, start, steps), start)) {
        const within = ids.slice(start, end).flatMap((id, at) => (id === email ? [start + at] : []));
        if (within.length > 0) runs.push(within);
      }
    }
  }
  return runs;
}

/** Whether it asks for something, or stands beside a sentence of its paragraph that does and is no signature. */
function isBeside(
  sentences: readonly Sentence[],
  index: number,
  asking: ReadonlySet<Sentence>,
  email: number,
  { courtesy }: Phrases,
): boolean {
  const sentence = sentences[index] as Sentence;
  if (asking.has(sentence)) return true;
  const near = [sentences[index - 1], sentences[index + 1]].some(
    (other) => other !== undefined && asking.has(other) && other.paragraph === sentence.paragraph,
  );
  const others = sentence.ids.filter((id) => id !== email);
  const isSignature =
    index === sentences.length - 1 && others.length > 0 && others.every((id) => id === 0 || courtesy.has(id));
  return near && !isSignature;
}

function placesOf(id: number, { ids }: Sentence): number[] {
  return ids.flatMap((each, at) => (each === id ? [at] : []));
}

function endsOf(bits: number, start: number): number[] {
  return Array.from({ length: 31 }, (_, at) => at)
    .filter((at) => (bits & (1 << at)) !== 0)
    .map((at) => start + at);
}
