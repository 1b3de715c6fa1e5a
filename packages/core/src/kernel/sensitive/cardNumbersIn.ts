import { cardsAmong } from './cardsAmong.ts';
import { CLASSES, classAt, isDigit, OTHER, SPACE } from './characterClass.ts';
import { afterEscape, type Gap, readGap } from './readGap.ts';
import { readGroups } from './readGroups.ts';

/** A card number in a text: where its first digit stands, where its last one ends, and whose it is. Never the digits. */
export interface CardHit {
  readonly start: number;
  readonly end: number;
  readonly brand: string;
}

/**
 * Full card numbers in any text: 12 to 19 digits with a brand's first ones (ISO/IEC 7812) and a check digit that fits; bare, in
 * groups, across a line break, escaped for URLs, JSON, HTML or mail. What else has such digits - UUIDs, digests, phone numbers,
 * IBANs, article and order numbers, fractions, tables - is told apart by what stands around it. Time grows with the text's
 * length, whatever the text.
 */
export function cardNumbersIn(text: string): readonly CardHit[] {
  const hits: CardHit[] = [];
  for (let at = 0; at < text.length; ) at = readNext(text, at, hits);
  return hits;
}

/** Whether there is a full card number in a text. Stops at the first one. */
export function holdsCardNumber(text: string): boolean {
  const hits: CardHit[] = [];
  for (let at = 0; at < text.length && hits.length === 0; ) at = readNext(text, at, hits);
  return hits.length > 0;
}

/** A card has no fewer digits. */
const FEWEST = 12;
/** The farthest that what a stride skipped lies before the digit it met, and the most digits there: a few and a gap. */
const SKIPPED = 24;
const MOST_SKIPPED = 5;
/** The last digit of an escape stands no farther from its sign. */
const ESCAPED = 6;

/** Adds the cards among the next digits at or after `from`, and answers where to go on. */
function readNext(text: string, from: number, hits: CardHit[]): number {
  const met = nextDigit(text, from);
  if (met < 0) return text.length;
  let start = met;
  while (start > from && isDigit(classAt(text, start - 1))) start -= 1;
  const few = endIfAlone(text, start) || endIfFewer(text, start, FEWEST - MOST_SKIPPED);
  if (few > 0) return few;
  const begin = beginOfGroups(text, from, start);
  const end = endIfFewer(text, begin, FEWEST);
  if (end > 0) return end;

  const groups = readGroups(text, begin);
  const next = groups.next ?? (groups.ends.at(-1) as number);
  let reached = next;
  for (const { start: at, end: to, range } of cardsAmong(text, groups)) {
    if (at >= next) break;
    hits.push({ start: at, end: to, brand: range.brand });
    reached = Math.max(reached, to);
  }
  return reached;
}

/**
 * A digit at or after `from`, or -1. Three characters in four are passed over: a card has four digits in a row, or single
 * characters between fewer, and strides of four and three in turn meet one of either.
 */
function nextDigit(text: string, from: number): number {
  const last = text.length - 4;
  for (let at = from; at < last; at += 7) {
    if (isDigitCode(text.charCodeAt(at))) return at;
    if (isDigitCode(text.charCodeAt(at + 4))) return at + 4;
  }
  return -1;
}

/** The comparison alone is faster than the table, and settles what is ASCII. */
function isDigitCode(code: number): boolean {
  return (code - 48) >>> 0 < 10 || (code > 127 && isDigit(CLASSES[code] as number));
}

/** Where the digits from `start` end if they are few and a word or the like follows, as in most texts, else 0. */
function endIfAlone(text: string, start: number): number {
  let end = start + 1;
  while (isDigit(classAt(text, end))) end += 1;
  const kind = classAt(text, end);
  const isEnd = kind === OTHER || (kind === SPACE && classAt(text, end + 1) === OTHER);
  return isEnd && end - start < FEWEST - MOST_SKIPPED ? end : 0;
}

/** Where the groups of digits from `start` end if they have fewer digits than that, else 0. */
function endIfFewer(text: string, start: number, fewest: number): number {
  const gap: Gap = { kind: OTHER, end: start };
  let count = 0;
  do {
    let at = gap.end;
    for (; count < fewest && isDigit(classAt(text, at)); at += 1) count += 1;
    if (count >= fewest) return 0;
    gap.end = Math.max(at, start + 1);
    readGap(text, at, gap);
  } while (gap.kind !== OTHER);
  return gap.end;
}

/** Where the groups begin that the digit at `start` is one of. The digits of an escape are none. */
function beginOfGroups(text: string, from: number, start: number): number {
  const gap: Gap = { kind: OTHER, end: start };
  let begin = start;
  for (let at = start - 1; at >= from && at >= begin - SKIPPED; at -= 1) {
    if (!isDigit(classAt(text, at))) continue;
    readGap(text, at + 1, gap);
    if (gap.kind === OTHER || gap.end < begin) continue;
    while (at > from && isDigit(classAt(text, at - 1))) at -= 1;
    begin = at;
  }
  for (let sign = begin - 1; sign >= begin - ESCAPED && sign >= 0; sign -= 1) {
    const after = afterEscape(text, sign);
    if (after > begin) return after;
  }
  return begin;
}
