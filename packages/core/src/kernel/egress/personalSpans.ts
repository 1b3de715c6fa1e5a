import { base64Runs, readingsOf } from './base64Runs.ts';
import { findMarks, type Span } from './findMarks.ts';
import { folded } from './folded.ts';
import type { PersonalMarks } from './personalMarks.ts';
import { unescaped } from './unescaped.ts';

export type { Span } from './findMarks.ts';

/** How often one encoding may be wrapped in another. What is wrapped deeper reaches nobody who does not dig for it. */
const MOST_LAYERS = 4;

/** What must not leave, and what may. */
export interface Sought {
  readonly marks: PersonalMarks;
  /** Values that the recipient may have: what stands inside one of them, as a name in an address, leaves with it. */
  readonly allowed: PersonalMarks;
  /** Finds more in a text, such as card numbers, by whatever layer it is read. */
  finder(text: string): readonly Span[];
}

/**
 * Where in a text values of the person stand: in clear, escaped for URL, HTML, JSON or JavaScript, in base64, or in several of
 * these. What is recognised inside base64 takes the whole of it. Sorted, and none inside another.
 */
export function personalSpans(text: string, sought: Sought): Span[] {
  return personalSpansIn(text, sought, 0);
}

/** The text without these parts. */
export function withoutSpans(text: string, spans: readonly Span[]): string {
  let last = 0;
  const parts = spans.map(({ start, end }) => {
    const part = text.slice(last, start);
    last = end;
    return part;
  });
  return [...parts, text.slice(last)].join('[removed]');
}

function personalSpansIn(text: string, sought: Sought, depth: number): Span[] {
  return apart(spansIn(text, sought, depth));
}

function spansIn(text: string, sought: Sought, depth: number): Span[] {
  const found: Span[] = [];
  let view: View = { text, origin: (start, end) => ({ start, end }) };
  for (let layer = 0; ; layer += 1) {
    const { origin } = view;
    const note = ({ start, end, path }: Span): void => {
      found.push({ ...origin(start, end), path });
    };
    for (const span of plainSpans(view.text, sought)) note(span);
    for (const span of sought.finder(view.text)) note(span);
    if (depth < MOST_LAYERS) for (const span of encodedSpans(view.text, sought, depth)) note(span);

    const next = layer < MOST_LAYERS ? unescaped(view.text) : undefined;
    if (next === undefined) return found;
    view = {
      text: next.text,
      origin: (start, end) => origin(next.starts[start] ?? 0, next.ends[end - 1] ?? next.ends.at(-1) ?? 0),
    };
  }
}

interface View {
  readonly text: string;
  origin(start: number, end: number): { start: number; end: number };
}

function plainSpans(text: string, { marks, allowed }: Sought): Span[] {
  const { text: plain, from } = folded(text);
  const fine = findMarks(plain, allowed);
  return findMarks(plain, marks)
    .filter((span) => !fine.some(({ start, end }) => start <= span.start && span.end <= end))
    .map(({ start, end, path }) =>
      from === undefined ? { start, end, path } : { start: from[start] ?? 0, end: endOf(from, end), path },
    );
}

/** Stands between readings: no value goes on over it. */
const GAP = '\0\0\0';

/** All readings of all runs are searched as one text: most of a text are words, and each would cost a search of its own. */
function encodedSpans(text: string, sought: Sought, depth: number): Span[] {
  const runs = base64Runs(text);
  if (runs.length === 0) return [];
  const owners: number[] = [];
  const ends: number[] = [];
  const parts: string[] = [];
  let length = 0;
  for (const [index, { start, end }] of runs.entries()) {
    for (const reading of readingsOf(text.slice(start, end))) {
      parts.push(reading);
      length += reading.length + GAP.length;
      owners.push(index);
      ends.push(length);
    }
  }
  const found = new Map<number, Span>();
  let part = 0;
  for (const { start, path } of personalSpansIn(parts.join(GAP), sought, depth + 1)) {
    while ((ends[part] ?? 0) <= start) part += 1;
    const run = runs[owners[part] ?? 0];
    if (run !== undefined) found.set(run.start, { ...run, path });
  }
  return [...found.values()];
}

/** Where the origin of the last character ends: where the next one that has another origin begins. */
function endOf(from: readonly number[], end: number): number {
  const last = from[end - 1] ?? 0;
  let next = end;
  while (next < from.length - 1 && from[next] === last) next += 1;
  return from[next] ?? last;
}

function apart(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const before = kept.at(-1);
    if (before === undefined || span.start >= before.end) kept.push(span);
    else if (span.end > before.end) kept[kept.length - 1] = { ...before, end: span.end };
  }
  return kept;
}
