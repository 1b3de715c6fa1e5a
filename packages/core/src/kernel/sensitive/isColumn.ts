import type { CardCandidate } from './cardCandidate.ts';
import { BREAK } from './characterClass.ts';

/** How far a line's beginning is looked for. */
const FARTHEST = 400;
const FEWEST = 5;

/**
 * Whether the line break between two parts of a number ends a line of a list or log instead: the second part is a line's first number,
 * and the line before it or the one after it begins with a number of the same length.
 */
export function isColumn({ text, groups, first, last }: CardCandidate): boolean {
  const wrap = groups.gaps.findIndex((gap, at) => gap === BREAK && at > first && at <= last);
  const start = groups.starts[wrap] as number;
  const length = (groups.ends[wrap] as number) - start;
  if (length < FEWEST) return false;

  const isAlike = (line: number): boolean => numberAt(text, line) === length;
  const own = groups.starts[wrap - 1] as number;
  const line = lineBefore(text, own);
  const before = line + indent(text, line) < own ? line : line === 0 ? -1 : lineBefore(text, line - 1);
  const after = text.slice(start, start + FARTHEST).search(/[\n\r]/);
  return (before >= 0 && isAlike(before)) || (after >= 0 && isAlike(start + after + 1));
}

/** Where the line begins that holds the character before `at`. */
function lineBefore(text: string, at: number): number {
  const from = Math.max(0, at - FARTHEST);
  return from + text.slice(from, Math.max(from, at)).search(/[^\n\r]*$/);
}

function indent(text: string, at: number): number {
  return text.slice(at, at + FARTHEST).search(/[^\s"'>[(]|$/);
}

/** Length of the number that a line begins with. */
function numberAt(text: string, line: number): number {
  const from = line + indent(text, line);
  return /^\d*/.exec(text.slice(from, from + 24))?.[0].length ?? 0;
}
