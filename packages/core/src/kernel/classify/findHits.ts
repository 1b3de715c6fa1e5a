import { COMMA, endsAt, type Pattern, type Steps } from './pattern.ts';
import type { Guard, Phrase, Phrases } from './phrases.ts';
import type { Sentence } from './sentences.ts';

/** A phrase that was found, with its weight after the guards around it. */
export interface Hit {
  readonly phrase: Phrase;
  readonly sentence: Sentence;
  readonly weight: number;
  readonly start: number;
  readonly end: number;
}

/** How far before a phrase a guard may begin. */
const GUARD_REACH = 8;
/** How many words an aside between two commas may have. */
const LONGEST_ASIDE = 5;
const LONGEST_WHOLE = 12;

/**
 * Finds the phrases of a text, sentence by sentence. Stops once `steps` has passed `most`. Sentences that nobody wrote, such as
 * a disclaimer, end the reading of their paragraph.
 */
export function findHits(sentences: readonly Sentence[], phrases: Phrases, steps: Steps, most: number): Hit[] {
  const hits: Hit[] = [];
  let muted = -1;
  for (const sentence of sentences) {
    if (sentence.paragraph === muted) continue;
    if (holdsAny(sentence, phrases.boilerplate, steps)) {
      muted = sentence.paragraph;
      continue;
    }
    let guards: readonly Guard[] | undefined;
    for (let start = 0; start < sentence.ids.length; start += 1) {
      steps.count += 1;
      if (steps.count > most) return hits;
      for (const phrase of phrases.phrases.get(sentence.ids[start] ?? 0) ?? []) {
        const ends = endsAt(phrase.pattern, sentence, start, steps);
        if (ends === 0) continue;
        if (phrase.whole && !isWhole(sentence, start, ends, phrases)) continue;
        const end = start + firstBit(ends);
        guards ??= sentenceGuards(sentence, phrases, steps);
        const around =
          beforeFactor(sentence, phrase, start, phrases, steps) *
          afterFactor(sentence, phrase, start, ends, phrases, steps);
        const weight = phrase.weight * around * lowest(guards, phrase);
        if (weight > 0) hits.push({ phrase, sentence, weight, start, end });
      }
    }
  }
  return hits;
}

/** Whether any of the patterns stands in the sentence. */
export function holdsAny(
  sentence: Sentence,
  patterns: ReadonlyMap<number, readonly { readonly pattern: Pattern }[]>,
  steps: Steps,
): boolean {
  return sentence.ids.some((id, start) => {
    steps.count += 1;
    return patterns.get(id)?.some(({ pattern }) => endsAt(pattern, sentence, start, steps) !== 0) ?? false;
  });
}

/**
 * The guard that begins furthest before the phrase and ends where it begins: "if you do not" outweighs "do not". Of several that begin
 * at the same word, the exception wins.
 */
function beforeFactor(sentence: Sentence, { target }: Phrase, at: number, phrases: Phrases, steps: Steps): number {
  const start = sentence.breaks[at] === 0 ? at : asideBefore(sentence, at);
  if (start === undefined) return 1;
  for (let from = Math.max(0, start - GUARD_REACH); from < start; from += 1) {
    const bit = 1 << (start - from);
    const found = phrases.before
      .get(sentence.ids[from] ?? 0)
      ?.filter(({ pattern, appliesTo }) => appliesTo(target) && (endsAt(pattern, sentence, from, steps) & bit) !== 0);
    if (!found || found.length === 0) continue;
    const factors = found.map(({ factor }) => factor);
    return factors.includes(1) ? 1 : Math.min(...factors);
  }
  return 1;
}

/** Where the aside begins that ends at `at`: "do not, I repeat, delete". What stands before it goes on behind it. */
function asideBefore({ breaks }: Sentence, at: number): number | undefined {
  if (breaks[at] !== COMMA) return undefined;
  for (let from = at - 1; from >= Math.max(1, at - LONGEST_ASIDE); from -= 1) if (breaks[from] === COMMA) return from;
  return undefined;
}

/** Whether nothing but words of courtesy stands around the phrase. */
function isWhole({ ids }: Sentence, start: number, ends: number, { courtesy }: Phrases): boolean {
  if (ids.length > LONGEST_WHOLE) return false;
  const last = start + 31 - Math.clz32(ends);
  return ids.every((id, at) => (at >= start && at < last) || courtesy.has(id));
}

function afterFactor(
  sentence: Sentence,
  { target }: Phrase,
  start: number,
  ends: number,
  phrases: Phrases,
  steps: Steps,
): number {
  let factor = 1;
  for (let left = ends >>> 1, at = start + 1; left !== 0; left >>>= 1, at += 1) {
    if ((left & 1) === 0) continue;
    for (const guard of phrases.after) {
      if (guard.appliesTo(target) && endsAt(guard.pattern, sentence, at, steps) !== 0)
        factor = Math.min(factor, guard.factor);
    }
  }
  return factor;
}

function sentenceGuards(sentence: Sentence, phrases: Phrases, steps: Steps): Guard[] {
  return sentence.ids.flatMap((id, start) => {
    steps.count += 1;
    return phrases.sentence.get(id)?.filter(({ pattern }) => endsAt(pattern, sentence, start, steps) !== 0) ?? [];
  });
}

function lowest(guards: readonly Guard[], { target }: Phrase): number {
  return guards.reduce((factor, guard) => (guard.appliesTo(target) ? Math.min(factor, guard.factor) : factor), 1);
}

function firstBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
