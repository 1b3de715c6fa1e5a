import type { CardCandidate } from './cardCandidate.ts';
import { DASH } from './characterClass.ts';

const FARTHEST = 130;
const UUID = /(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f])/gi;
const IBAN = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z0-9]){11,30}/g;
/** Lengths in which ids and digests are written: 64, 96 and 128 bits, MD5, SHA-1, SHA-2. */
const HEX_LENGTHS = [16, 24, 32, 40, 48, 56, 64, 96, 128];

/** An escaped separator, whose letters and digits are no part of the word behind it. */
const ESCAPED = /(?:[%=][0-9a-f]{2}|\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|[nrt]))$/i;

/** Whether the digits are a piece of a longer code: a UUID, a digest in hex, an IBAN, base64. */
export function isInCode(candidate: CardCandidate): boolean {
  const { text, start, length, groups, last, shape } = candidate;
  if (shape !== 'bare') return (groups.gaps[last] === DASH && isInUuid(candidate)) || isInIban(candidate);
  // Twelve digits in a row are the last part of a UUID.
  return (
    isInWord(candidate) || (length === 12 && text[start - 1] === '-' && isInUuid(candidate)) || isInIban(candidate)
  );
}

function isInUuid({ text, start, end }: CardCandidate): boolean {
  const from = Math.max(0, start - 36);
  return Array.from(text.slice(from, end + 36).matchAll(UUID)).some(
    ({ index, 0: uuid }) => from + index <= start && from + index + uuid.length >= end,
  );
}

function isInIban({ text, start, end }: CardCandidate): boolean {
  const from = Math.max(0, start - 44);
  return Array.from(text.slice(from, end + 44).matchAll(IBAN)).some(({ index, 0: code }) => {
    const at = from + index;
    return at < start && at + code.length >= end && hasIban(code, end - at);
  });
}

/** Whether a beginning of the code, at least as long as `reach`, has the remainder of an IBAN (ISO 7064, 97-10). */
function hasIban(code: string, reach: number): boolean {
  for (let length = reach; length <= code.length; length += 1) {
    const plain = code.slice(0, length).replace(/[^A-Z0-9]/g, '');
    const numbers = Array.from(plain.slice(4) + plain.slice(0, 4), (sign) => Number.parseInt(sign, 36)).join('');
    if (BigInt(numbers) % 97n === 1n) return true;
  }
  return false;
}

/** Letters at the digits: hex of a usual length, or a tangle of both that no word or name is. */
function isInWord({ text, start, end }: CardCandidate): boolean {
  const before = text.slice(Math.max(0, start - FARTHEST), start);
  const left = ESCAPED.test(before) ? '' : (/[0-9A-Za-z]*$/.exec(before)?.[0] ?? '');
  const right = /^[0-9A-Za-z]*/.exec(text.slice(end, end + FARTHEST))?.[0] ?? '';
  if (left + right === '') return false;
  return /^0x$/i.test(left) || isHex(left, right, end - start) || isTangle(left, right);
}

function isHex(left: string, right: string, digits: number): boolean {
  const word = left + right;
  if (!/^(?:[0-9a-f]*|[0-9A-F]*)$/.test(word)) return false;
  const length = word.length + digits;
  const hasMoreDigits = /\d/.test(word);
  return HEX_LENGTHS.includes(length) || (length >= 20 && hasMoreDigits) || length > 32;
}

/** Between the letters of a name the case changes seldom and no digit stands; in base64 both happen at every other place. */
function isTangle(left: string, right: string): boolean {
  if (left === '' || right === '') return false;
  const letters = (left + right).replace(/\d/g, '').length;
  const changes = [left, right].flatMap((part) => part.match(/(?<=[a-z])[A-Z]|(?<=[A-Z])[a-z]|\d+/g) ?? []).length;
  return letters >= 12 && changes * 9 >= letters * 2;
}
