import { cardRange } from './cardBrands.ts';
import type { CardCandidate } from './cardCandidate.ts';
import { cardShape } from './cardShape.ts';
import { CLASSES } from './characterClass.ts';
import { isLookAlike } from './isLookAlike.ts';
import { passesLuhn } from './passesLuhn.ts';
import type { Groups } from './readGroups.ts';

const FEWEST = 12;
const MOST = 19;
/** Longer rows of fours are a list of cards or a table of numbers: in a list two thirds belong to cards. */
const LONG_ROW = 8;

/** The card numbers among groups of digits. Each begins and ends with a group. */
export function cardsAmong(text: string, groups: Groups): readonly CardCandidate[] {
  const found: CardCandidate[] = [];
  const digits = new Uint8Array(MOST);
  for (let first = 0; first < groups.starts.length; first += 1) {
    const card = isMidRow(groups, first) ? undefined : cardAt(text, groups, first, digits);
    if (card === undefined) continue;
    found.push(card);
    first = card.last;
  }
  return found.filter((card) => card.shape !== 'fours' || !isOfTable(card, found));
}

/** Whether the group is one of a row of small ones, which is a number as a whole or not at all. */
function isMidRow({ starts, ends, gaps }: Groups, at: number): boolean {
  const sizeAt = (group: number): number => (ends[group] as number) - (starts[group] as number);
  return at > 0 && sizeAt(at) <= 3 && sizeAt(at - 1) === sizeAt(at) && gaps[at + 1] === gaps[at];
}

/** The longest that begins with that group, so that nothing of a card stays outside. */
function cardAt(text: string, groups: Groups, first: number, digits: Uint8Array): CardCandidate | undefined {
  let best: CardCandidate | undefined;
  let length = 0;
  for (let last = first; last < groups.starts.length; last += 1) {
    const start = groups.starts[last] as number;
    const end = groups.ends[last] as number;
    if (length + end - start > MOST) break;
    for (let at = start; at < end; at += 1) digits[length++] = (CLASSES[text.charCodeAt(at)] as number) - 1;
    if (length < FEWEST || !passesLuhn(digits, length)) continue;
    const range = cardRange(digits, length);
    if (range === undefined) continue;
    const shape = cardShape(groups, first, last, length);
    if (shape === undefined) continue;
    const place = { text, start: groups.starts[first] as number, end, groups, first, last };
    const candidate = { ...place, digits: digits.slice(0, length), length, range, shape };
    if (!isLookAlike(candidate)) best = candidate;
  }
  return best;
}

/** Whether the row of fours around it is long and to a third no cards. */
function isOfTable({ groups, first, last }: CardCandidate, found: readonly CardCandidate[]): boolean {
  const isFour = (at: number): boolean => (groups.ends[at] ?? 0) - (groups.starts[at] ?? 0) === 4;
  let from = first;
  let to = last;
  while (isFour(from - 1)) from -= 1;
  while (isFour(to + 1)) to += 1;
  const row = to - from + 1;
  if (row <= LONG_ROW) return false;
  const within = found.filter((card) => card.shape === 'fours' && card.first >= from && card.last <= to);
  return within.reduce((sum, card) => sum + card.last - card.first + 1, 0) * 3 < row * 2;
}
