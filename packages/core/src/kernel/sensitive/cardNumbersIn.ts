import { cardsAmong } from './cardsAmong.ts';
import { CLASSES, classAt, isDigit, OTHER } from './characterClass.ts';
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

/** Of a card at least so many digits follow the first one that the strides below meet. */
const FEWEST = 7;
/** The farthest that what a stride skipped lies before the digit it met: a few digits and a gap. */
const SKIPPED = 24;

/** Adds the cards among the next digits at or after `from`, and answers where to go on. */
function readNext(text: string, from: number, hits: CardHit[]): number {
  const met = nextDigit(text, from);
  if (met < 0) return text.length;
  let start = met;
  while (start > from && isDigit(classAt(text, start - 1))) start -= 1;
  const end = endIfFew(text, start);
  if (end > 0) return end;

  const begin = beginOfGroups(text, from, start);
  if (begin < 0) return text.length;
  const groups = readGroups(text, begin);
  const cards = cardsAmong(text, groups);
  const next = groups.next ?? (groups.ends.at(-1) as number);
  let reached = next;
  for (const { start: at, end: to, range } of cards) {
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
  let at = from;
  for (; at < last; at += 7) {
    if (isDigit(CLASSES[text.charCodeAt(at)] as number)) return at;
    if (isDigit(CLASSES[text.charCodeAt(at + 4)] as number)) return at + 4;
  }
  return -1;
}

/** Where the groups of digits from `start` end if they are too few for a card, else 0. */
function endIfFew(text: string, start: number): number {
  const gap: Gap = { kind: OTHER, end: start };
  let count = 0;
  for (let at = start; ; ) {
    while (isDigit(classAt(text, at))) {
      at += 1;
      count += 1;
      if (count >= FEWEST) return 0;
    }
    readGap(text, at, gap);
    if (gap.kind === OTHER) return at;
    at = gap.end;
  }
}

/** Where the groups begin that the digit at `start` is one of; -1 where it is but a part of an escape. */
function beginOfGroups(text: string, from: number, start: number): number {
  const gap: Gap = { kind: OTHER, end: start };
  let begin = -1;
  let at = Math.max(from, start - SKIPPED);
  while (at > from && isDigit(classAt(text, at - 1))) at -= 1;
  while (at < text.length) {
    if (!isDigit(classAt(text, at))) {
      const after = afterEscape(text, at);
      at = after > at ? after : at + 1;
      begin = -1;
      continue;
    }
    if (begin < 0) begin = at;
    while (isDigit(classAt(text, at))) at += 1;
    if (at > start) return begin;
    readGap(text, at, gap);
    if (gap.kind !== OTHER) at = gap.end;
    else begin = -1;
  }
  return -1;
}
