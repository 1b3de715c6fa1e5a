import { cardRange } from './cardBrands.ts';
import { cardNumbersIn } from './cardNumbersIn.ts';
import { CLASSES } from './characterClass.ts';
import { passesLuhn } from './passesLuhn.ts';
import { readGroups } from './readGroups.ts';

const CODE_BEHIND_WORD =
  /(?<![a-z])(?:cvv2?|cvc2?|cvn2?|cid|csc|security code|sicherheitscode|pr[uü]f(?:ziffer|nummer)|kartenpr[uü]fnummer)\W{0,4}(\d{3,4})(?!\d)/gi;
/** Behind the number, its date or not, the three or four digits that nothing else explains. */
const CODE_BEHIND_CARD = /^[\s,;|/-]{1,3}(?:\d{1,2} ?[/-] ?(?:20)?\d{2}[\s,;|/-]{1,3})?(\d{3,4})(?![\d/])/;
const FEWEST_FOR_SIX = 14;
/** How far from a card a code is looked for. */
const NEAR = 64;

/**
 * The text with each card number truncated to its first six and last four digits, `411111******1111` (PCI SSC FAQ 1091), to the last
 * four where fewer than 14 would leave too few to guess, and with security codes near them removed (PCI DSS 3.3.1).
 */
export function truncatedCards(text: string): string {
  let done = 0;
  let result = '';
  for (const { start, end } of cardNumbersIn(text)) {
    result += withoutCodes(text.slice(done, start), done > 0, true) + truncated(text.slice(start, end));
    done = end;
  }
  return result + withoutCodes(text.slice(done), done > 0, false);
}

/** In digits of one script, so that all of them can be read. */
function truncated(card: string): string {
  const { starts, ends } = readGroups(card, 0);
  const groups = starts.map((start, group) =>
    Array.from(card.slice(start, ends[group]), (digit) => (CLASSES[digit.charCodeAt(0)] as number) - 1),
  );
  const digits = groups.flat();
  const first = digits.length < FEWEST_FOR_SIX ? 0 : 6;
  const last = endsInCode(groups) ? 0 : 4;
  return digits.map((digit, at) => (at < first || at >= digits.length - last ? digit : '*')).join('');
}

/** Whether a card may end before the last group, so that this one may be its security code. */
function endsInCode(groups: readonly (readonly number[])[]): boolean {
  const digits = Uint8Array.from(groups.slice(0, -1).flat());
  return passesLuhn(digits, digits.length) && cardRange(digits, digits.length) !== undefined;
}

/** The text between two cards, before the first one or behind the last one, without the codes that stand near them. */
function withoutCodes(text: string, isBehind: boolean, isBefore: boolean): string {
  const near = (from: number, to: number): boolean =>
    (isBehind && from < NEAR) || (isBefore && text.length - to < NEAR);
  const named = text.replace(CODE_BEHIND_WORD, (whole, code: string, at: number) =>
    near(at, at + whole.length) ? `${whole.slice(0, -code.length)}[removed]` : whole,
  );
  if (!isBehind) return named;
  return named.replace(CODE_BEHIND_CARD, (whole, code: string) => `${whole.slice(0, -code.length)}[removed]`);
}
