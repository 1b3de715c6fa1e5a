import type { PersonalMarks } from './personalMarks.ts';

/** A part of a text, and where the host keeps what was recognised in it. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly path: string;
}

const HEAD = 4;
const MASK = 0xffff;

/** Finds marks in a folded text, in time that grows with the text and hardly with the number of marks. */
export function findMarks(text: string, marks: PersonalMarks): Span[] {
  const trimmed = text.trim();
  const whole = marks.whole.get(trimmed);
  if (whole !== undefined) {
    const start = text.indexOf(trimmed);
    return [{ start, end: start + trimmed.length, path: whole }];
  }
  return [...literalSpans(text, marks.literals), ...patternSpans(text, marks.patterns)];
}

function literalSpans(text: string, literals: PersonalMarks['literals']): Span[] {
  const spans: Span[] = [];
  if (literals.size === 0) return spans;
  const begins = beginningsOf(literals);
  for (let at = 0; at + HEAD <= text.length; at += 1) {
    if (begins[hashAt(text, at)] === 0) continue;
    for (const { text: wanted, path, alone } of literals.get(text.slice(at, at + HEAD)) ?? []) {
      const end = at + wanted.length;
      if (!text.startsWith(wanted, at) || (alone && !standsAlone(text, at, end))) continue;
      spans.push({ start: at, end, path });
    }
  }
  return spans;
}

const beginnings = new WeakMap<PersonalMarks['literals'], Uint8Array>();

/** A bit for each beginning: most places of a text are passed without a look into the map. */
function beginningsOf(literals: PersonalMarks['literals']): Uint8Array {
  const known = beginnings.get(literals);
  if (known !== undefined) return known;
  const begins = new Uint8Array(MASK + 1);
  for (const head of literals.keys()) begins[hashAt(head, 0)] = 1;
  beginnings.set(literals, begins);
  return begins;
}

function hashAt(text: string, at: number): number {
  let hash = 0;
  for (let next = at; next < at + HEAD; next += 1) hash = (hash * 33 + text.charCodeAt(next)) & MASK;
  return hash;
}

function standsAlone(text: string, start: number, end: number): boolean {
  return !isWordPart(text[start - 1]) && !isWordPart(text[end]);
}

function isWordPart(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{L}\p{N}]/u.test(letter);
}

function patternSpans(text: string, patterns: PersonalMarks['patterns']): Span[] {
  return patterns.flatMap(({ pattern, path }) =>
    [...text.matchAll(pattern)].map((hit) => ({ start: hit.index, end: hit.index + hit[0].length, path })),
  );
}
