import { BREAK, DASH, SPACE, UNDERSCORE } from './characterClass.ts';
import type { Groups } from './readGroups.ts';

/** How a number is cut into groups. `loose` is how nobody prints one: it takes a word beside it that says card. */
export type CardShape = 'bare' | 'fours' | 'printed' | 'even' | 'wrapped' | 'loose';

/** As printed on cards: American Express and Maestro, Diners, UATP, the old Visa, Maestro, UnionPay. */
const PRINTED = new Set(['4-6-5', '4-6-4', '4-5-6', '4-3-3-3', '4-4-5', '6-13']);
/** By size, the marks of groups of one, two and three digits. Others make amounts, dates and addresses of them. */
const EVEN_GAPS: readonly (readonly number[])[] = [
  [SPACE, DASH, UNDERSCORE],
  [SPACE, DASH, UNDERSCORE],
  [DASH, UNDERSCORE],
];
const MOST_LOOSE = 8;

/**
 * The shape of the groups from `first` to `last`, or nothing where they are no number of `length` digits: marks must be alike, and
 * only one line break stands among other gaps. There a line may have been wrapped, within a group or between two.
 */
export function cardShape(groups: Groups, first: number, last: number, length: number): CardShape | undefined {
  const sizes = sizesOf(groups, first, last);
  const row = { groups, first, last, length };
  const whole = shapeOf(sizes, row);
  if (whole !== undefined && whole !== 'loose') return whole;

  const breaks = groups.gaps.slice(first + 1, last + 1).flatMap((gap, at) => (gap === BREAK ? [at] : []));
  const [wrap] = breaks;
  if (wrap === undefined || breaks.length > 1) return whole;
  const joined = sizes.toSpliced(wrap, 2, (sizes[wrap] ?? 0) + (sizes[wrap + 1] ?? 0));
  const shape = shapeOf(joined, row);
  return shape === 'bare' || shape === 'fours' || shape === 'printed' ? 'wrapped' : whole;
}

interface Row {
  readonly groups: Groups;
  readonly first: number;
  readonly last: number;
  readonly length: number;
}

function shapeOf(sizes: readonly number[], row: Row): CardShape | undefined {
  if (sizes.length === 1) return 'bare';
  // Of longer rows of fours a whole 16 may be a card; a piece of another length is a piece of something else.
  if (isEven(sizes, 4)) return row.length !== 16 && goesOn(row, 4) ? undefined : 'fours';
  if (PRINTED.has(sizes.join('-'))) return 'printed';

  const size = sizes[0] as number;
  const gap = gapOf(row);
  if (EVEN_GAPS[size - 1]?.includes(gap) && isEven(sizes, size)) return goesOn(row, size) ? undefined : 'even';
  return gap !== BREAK && sizes.length <= MOST_LOOSE ? 'loose' : undefined;
}

/** What stands between the groups, a wrapped line aside. */
function gapOf({ groups, first, last }: Row): number {
  return groups.gaps.slice(first + 1, last + 1).find((gap) => gap !== BREAK) ?? BREAK;
}

/** Whether the row has another group of that size before or after it, or one more digit. */
function goesOn(row: Row, size: number): boolean {
  const { starts, ends, gaps } = row.groups;
  const gap = gapOf(row);
  const sizeAt = (group: number): number => (ends[group] ?? 0) - (starts[group] ?? 0);
  const after = gaps[row.last + 1] === gap ? sizeAt(row.last + 1) : 0;
  return after === size || after === 1 || (gaps[row.first] === gap && sizeAt(row.first - 1) === size);
}

/** Whether all groups have that size, and the last one at most that. */
function isEven(sizes: readonly number[], size: number): boolean {
  return sizes.every((each, at) => (at === sizes.length - 1 ? each <= size : each === size));
}

function sizesOf({ starts, ends }: Groups, first: number, last: number): number[] {
  return starts.slice(first, last + 1).map((start, at) => (ends[first + at] as number) - start);
}
