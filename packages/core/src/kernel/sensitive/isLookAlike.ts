import type { CardCandidate } from './cardCandidate.ts';
import { isColumn } from './isColumn.ts';
import { isInCode } from './isInCode.ts';

const NEAR = 48;
/** E.164: at most 15 digits, the `00` of the international prefix aside. */
const MOST_IN_PHONE = 15;

const CARD_WORD =
  /(?<![a-z])(?:(?:credit|debit|kredit)?[-_ ]?(?:card|karten?)|carte|tarjeta|cart[aã]o|carta|visa|master|maestro|amex|american express|diners|jcb|union ?pay)|(?<![a-z0-9])(?:pan|cc|ccn|ccnum|ccnumber)(?![a-z0-9])/i;
/** Other numbers that have a name: a code that it begins (`ORD-2024-…`), or a field that holds it. */
const OTHER_CODE =
  /(?<![a-z])(?:ord(?:er)?|inv(?:oice)?|txn?|trx|rma|po|sku|shp|ship(?:ment)?|track(?:ing)?|tkt|ticket|job|batch|msg|evt|event|run|build|img|vid)[-_#]{1,2}(?:\d{1,8}[-_])?$/i;
const OTHER_FIELD =
  /(?<![a-z])(?:(?:order|invoice|ticket|tracking|shipment|message|event)[-_ ]?(?:id|no|nr|num|number)|ean|gtin|upc|isbn|barcode|imei|iccid|tel|tele?phone?|phone|fax|mobile|whatsapp|ts|timestamp|epoch)(?:[-_ ]?(?:13|14|id|no|nr|number|ms))?["']?\s{0,2}[:=#]?\s{0,2}["']?$/i;
const BRACKETS_OF_PHONE = /(?:\+|(?<!\d)00)\d{1,3}[ .-]?\(\d{1,4}\)[ .-]?$/;

/** Whether what stands around the digits makes something else of them. A word before them that says card outweighs a guess. */
export function isLookAlike(candidate: CardCandidate): boolean {
  const { text, start } = candidate;
  return isInCode(candidate) || (isOther(candidate) && !CARD_WORD.test(text.slice(Math.max(0, start - NEAR), start)));
}

function isOther(candidate: CardCandidate): boolean {
  const { shape } = candidate;
  if (shape === 'loose' || isPhone(candidate) || isArticle(candidate)) return true;
  if (shape === 'wrapped') return isColumn(candidate);
  return shape === 'bare' && (isFraction(candidate) || isNamedOtherwise(candidate));
}

/** A number behind `+` or `00`. A plus behind a letter or digit is an escaped space. */
function isPhone({ text, start, end, groups, length }: CardCandidate): boolean {
  if (length > MOST_IN_PHONE) return false;
  const first = groups.starts[0] as number;
  if (BRACKETS_OF_PHONE.test(text.slice(Math.max(0, start - 16), start))) return true;

  const isPlus = text[first - 1] === '+' && !/[\p{L}\p{N}]/u.test(text[first - 2] ?? '');
  const isZeros = text.startsWith('00', first);
  const digits = groups.ends.reduce(
    (sum, last, at) => sum + (last <= end ? last - (groups.starts[at] as number) : 0),
    0,
  );
  return (isPlus && digits <= MOST_IN_PHONE) || (isZeros && digits <= MOST_IN_PHONE + 2);
}

/** The digits behind a decimal point. */
function isFraction({ text, start }: CardCandidate): boolean {
  return text[start - 1] === '.' && /\d/.test(text[start - 2] ?? '');
}

function isNamedOtherwise({ text, start }: CardCandidate): boolean {
  const before = text.slice(Math.max(0, start - NEAR), start);
  return OTHER_CODE.test(before) || OTHER_FIELD.test(before);
}

/** Whether it has the check digit of an article number (GS1 General Specifications, 7.9) where articles are likelier. */
function isArticle({ digits, length, range, shape }: CardCandidate): boolean {
  if (!range.isWide || length !== 13 || shape !== 'bare') return false;
  const sum = digits.subarray(0, 13).reduce((total, digit, at) => total + digit * (at % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
