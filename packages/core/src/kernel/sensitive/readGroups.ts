import { classAt, isDigit, OTHER } from './characterClass.ts';
import { type Gap, readGap } from './readGap.ts';

/** Runs of digits with nothing but gaps between them. */
export interface Groups {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** What stands before each group; `OTHER` before the first one. */
  readonly gaps: readonly number[];
  /** Where reading goes on if the groups went on. */
  readonly next?: number;
}

/** Groups read at once, so that a text of nothing but digits and gaps needs no more memory than another. */
const MOST = 256;
/** A card number has at most 19 groups, and what decides on one stands no farther from it. */
const KEPT = 24;

/** Reads the groups that begin with the digit at `from`. */
export function readGroups(text: string, from: number): Groups {
  const starts: number[] = [];
  const ends: number[] = [];
  const gaps: number[] = [];
  const gap: Gap = { kind: OTHER, end: from };
  do {
    let at = gap.end;
    starts.push(at);
    gaps.push(gap.kind);
    while (isDigit(classAt(text, at))) at += 1;
    ends.push(at);
    readGap(text, at, gap);
  } while (gap.kind !== OTHER && starts.length < MOST);
  if (gap.kind === OTHER) return { starts, ends, gaps };
  return { starts, ends, gaps, next: starts[MOST - KEPT] as number };
}
