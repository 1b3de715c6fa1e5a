import { KeptError } from '../keptError.ts';

/** Longest run of words that one phrase may span; positions are bits of a 32-bit number. */
const WIDEST = 30;

/** See `Words.breaks`. */
export const COMMA = 2;

/** One step of a phrase: any of some word sequences, maybe after a gap. */
export interface Element {
  /** Word-id sequences by their first word. */
  readonly byFirst: ReadonlyMap<number, readonly (readonly number[])[]>;
  readonly optional: boolean;
  /** How many words may stand before it. */
  readonly gap: number;
}

/** A phrase made ready to match. There is no backtracking: a match costs at most its elements times `WIDEST`. */
export interface Pattern {
  readonly say: string;
  readonly elements: readonly Element[];
  /** How many words may follow: for a guard, between it and the phrase. */
  readonly trailing: number;
  /** Whether it has gaps at all. */
  readonly gaps: boolean;
}

/** The words of a sentence as ids, with what stands before each. */
export interface Words {
  readonly ids: readonly number[];
  /** Per word: 0 nothing, 1 a bracket or the end of a short line, 2 a comma or its like. Guards reach over neither (an aside apart), gaps not over a comma. */
  readonly breaks: readonly number[];
}

/** Counts the work, so that a hostile text can be stopped; see `classify`. */
export interface Steps {
  count: number;
}

export interface PatternContext {
  /** Gives a word its id; words that stand for several are several ids. */
  readonly idsOf: (word: string) => readonly number[];
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** Steps that were read before: most phrases share theirs. */
  readonly read: Map<string, Element['byFirst']>;
}

/**
 * Reads a phrase: words, `<group>`, `(one|two words)`, a trailing `?` for what may be absent, and `...3` for up to three
 * words in between. Throws PHRASE_INVALID with the phrase as its place.
 */
export function compilePattern(say: string, context: PatternContext): Pattern {
  const elements: Element[] = [];
  let gap = 0;
  for (const token of say.match(/\([^)]*\)\??|\S+/g) ?? []) {
    const dots = /^\.\.\.(\d*)$/.exec(token);
    if (dots) {
      gap = Number(dots[1] || 3);
      continue;
    }
    const optional = token.endsWith('?');
    const body = optional ? token.slice(0, -1) : token;
    elements.push({ byFirst: context.read.get(body) ?? readStep(body, context, say), optional, gap });
    gap = 0;
  }
  if (elements.length === 0) throw invalid(say, 'it is empty');
  if (elements[0]?.optional || elements[0]?.gap) throw invalid(say, 'it begins with something that may be absent');
  return { say, elements, trailing: gap, gaps: gap > 0 || elements.some((element) => element.gap > 0) };
}

function readStep(body: string, context: PatternContext, say: string): Element['byFirst'] {
  const options = body.startsWith('(') ? body.slice(1, -1).split('|') : [body];
  const step = byFirst(options.flatMap((option) => expand(option.trim(), context, say, 0)));
  context.read.set(body, step);
  return step;
}

/** The ids with which the phrase can begin. */
export function firstWords(pattern: Pattern): number[] {
  return [...(pattern.elements[0]?.byFirst.keys() ?? [])];
}

/** Every end of the phrase when it begins at `start`, as bits counted from `start`; 0 where it does not match. */
export function endsAt(pattern: Pattern, words: Words, start: number, steps: Steps): number {
  const commas = pattern.gaps ? commasAfter(words, start, steps) : 0;
  let mask = 1;
  for (const element of pattern.elements) {
    const reached = reach(mask, element.gap, commas);
    let next = element.optional ? reached : 0;
    for (let left = reached, at = 0; left !== 0; left >>>= 1, at += 1) {
      steps.count += 1;
      if ((left & 1) === 0) continue;
      for (const sequence of element.byFirst.get(words.ids[start + at] ?? -1) ?? []) {
        steps.count += 1;
        if (at + sequence.length <= WIDEST && stands(sequence, words.ids, start + at))
          next |= 1 << (at + sequence.length);
      }
    }
    mask = next;
    if (mask === 0) return 0;
  }
  return reach(mask, pattern.trailing, commas);
}

/** The words before which a comma stands, as bits. */
function commasAfter(words: Words, start: number, steps: Steps): number {
  let commas = 0;
  const width = Math.min(WIDEST, words.ids.length - start);
  for (let at = 1; at < width; at += 1) if (words.breaks[start + at] === COMMA) commas |= 1 << at;
  steps.count += 4;
  return commas;
}

function reach(mask: number, gap: number, commas: number): number {
  let reached = mask;
  for (let skipped = 0; skipped < gap; skipped += 1) reached |= (reached << 1) & ~commas;
  return reached & ((1 << WIDEST) - 1);
}

function stands(sequence: readonly number[], ids: readonly number[], at: number): boolean {
  for (let index = 1; index < sequence.length; index += 1) if (ids[at + index] !== sequence[index]) return false;
  return true;
}

function byFirst(sequences: readonly (readonly number[])[]): Map<number, (readonly number[])[]> {
  const grouped = new Map<number, (readonly number[])[]>();
  for (const sequence of sequences) {
    const first = sequence[0] as number;
    const others = grouped.get(first);
    if (others) others.push(sequence);
    else grouped.set(first, [sequence]);
  }
  return grouped;
}

function expand(option: string, context: PatternContext, say: string, depth: number): (readonly number[])[] {
  if (depth > 4) throw invalid(say, 'its groups name each other in a circle');
  const parts = option.split(/\s+/).map((part): (readonly number[])[] => {
    const group = /^<(.+)>$/.exec(part)?.[1];
    if (group === undefined && !/^[\p{L}\p{N}']+$/u.test(part)) throw invalid(say, `"${part}" is no word`);
    if (group === undefined || group === 'email') return [context.idsOf(part)];
    const members = context.groups[group];
    if (members === undefined) throw invalid(say, `there is no group <${group}>`);
    return members.flatMap((member) => expand(String(member), context, say, depth + 1));
  });
  return parts.reduce((sequences, next) => sequences.flatMap((head) => next.map((tail) => [...head, ...tail])), [
    [],
  ] as (readonly number[])[]);
}

function invalid(say: string, why: string): KeptError {
  return new KeptError('PHRASE_INVALID', `The phrase cannot be read: ${why}`, {
    place: say,
    remedy: 'See policies/phrases/README.md for how a phrase is written.',
  });
}
