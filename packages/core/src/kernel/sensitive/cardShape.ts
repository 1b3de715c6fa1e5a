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
 * The shape of the groups from `first` to `last`, or nothing where they are no number of `length` digits. Marks are alike, and one line
 * break may stand among them: there a line was wrapped, within a group or between two. Only groups as printed are mixed.
 */
export function cardShape(groups: Groups, first: number, last: number, length: number): CardShape | undefined {
  const sizes = sizesOf(groups, first, last);
  const gaps = groups.gaps.slice(first + 1, last + 1);
  const row = { groups, first, last, length, gap: gapOf(gaps) };
  const whole = shapeOf(sizes, row);
  const wrap = gaps.indexOf(BREAK);
  if ((whole !== undefined && whole !== 'loose') || row.gap === undefined || wrap < 0) return whole;
  if (gaps.includes(BREAK, wrap + 1)) return whole;

  const joined = sizes.toSpliced(wrap, 2, (sizes[wrap] ?? 0) + (sizes[wrap + 1] ?? 0));
  const shape = shapeOf(joined, row);
  return shape === 'bare' || shape === 'fours' || shape === 'printed' ? 'wrapped' : whole;
}

interface Row {
  readonly groups: Groups;
  readonly first: number;
  readonly last: number;
  readonly length: number;
  readonly gap: number | undefined;
}

function shapeOf(sizes: readonly number[], row: Row): CardShape | undefined {
  const { gap, length } = row;
  if (sizes.length === 1) return 'bare';
  // Of longer rows of fours a whole 16 may be a card; a piece of another length is a piece of something else.
  if (isEven(sizes, 4)) return length === 16 || (gap !== undefined && !goesOn(row, 4)) ? 'fours' : undefined;
  if (PRINTED.has(sizes.join('-'))) return 'printed';

  if (gap === undefined) return undefined;
  const size = sizes[0] as number;
  if (EVEN_GAPS[size - 1]?.includes(gap) && isEven(sizes, size)) return goesOn(row, size) ? undefined : 'even';
  return gap !== BREAK && sizes.length <= MOST_LOOSE ? 'loose' : undefined;
}

/** The one mark between the groups, a wrapped line aside; nothing where there are several. */
function gapOf(gaps: readonly number[]): number | undefined {
  const [mark = BREAK, ...others] = new Set(gaps.filter((gap) => gap !== BREAK));
  const isWrapped = gaps.indexOf(BREAK) === gaps.lastIndexOf(BREAK);
  return others.length === 0 && (mark === BREAK || isWrapped) ? mark : undefined;
}

/** Whether the row has another group of that size before or after it, or one more digit. */
function goesOn({ groups: { starts, ends, gaps }, first, last, gap }: Row, size: number): boolean {
  const sizeAt = (group: number): number => (ends[group] ?? 0) - (starts[group] ?? 0);
  const after = gaps[last + 1] === gap ? sizeAt(last + 1) : 0;
  return after === size || after === 1 || (gaps[first] === gap && sizeAt(first - 1) === size);
}

/** Whether all groups have that size, and the last one at most that. */
function isEven(sizes: readonly number[], size: number): boolean {
  return sizes.every((each, at) => (at === sizes.length - 1 ? each <= size : each === size));
}

function sizesOf({ starts, ends }: Groups, first: number, last: number): number[] {
  return starts.slice(first, last + 1).map((start, at) => (ends[first + at] as number) - start);
}
