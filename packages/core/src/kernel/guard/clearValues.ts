import { bytesAsText } from '../sensitive/bytesAsText.ts';
import { cardNumberIn } from '../sensitive/cardNumberIn.ts';
import { holdsCardNumber } from '../sensitive/cardNumbersIn.ts';
import { isHash } from '../sensitive/isHash.ts';
import { secretsIn } from '../sensitive/secretsIn.ts';
import { type Look, placeOf } from './look.ts';
import { writeRefused } from './writeRefused.ts';

/** Types of the driver that hold a number or an id. */
const WITHOUT_TEXT: ReadonlySet<string> = new Set(
  'ObjectId Timestamp Long Int32 Double Decimal128 MinKey MaxKey'.split(' '),
);

/** The shortest text that can hold a key. */
const SHORTEST_SECRET = 16;

/** Refuses a card number and a key in the clear, whatever the field; of a value that is no text, see `textOf`. */
export function demandClear(look: Look, value: unknown): void {
  const { cards, prefixes } = look.rules;
  if (typeof value === 'string' ? holdsCardNumber(value) : cardNumberIn(value) !== undefined) {
    const remedy = 'Store the reference of the payment processor and the last four digits.';
    throw writeRefused(placeOf(look), 'it holds a card number', remedy, cards);
  }
  if (typeof value !== 'string' || value.length < SHORTEST_SECRET) return;
  const [secret] = secretsIn(value, prefixes);
  if (!secret) return;
  const remedy = 'Store its hash; keep the key itself out of the database.';
  throw writeRefused(placeOf(look), `it holds a key in the clear (${secret.kind})`, remedy);
}

export function demandHash(look: Look, value: unknown): void {
  const bytes = typeof value === 'object' && value !== null ? bytesIn(value) : undefined;
  if (isHash(bytes ?? value)) return;
  throw writeRefused(placeOf(look), 'the field holds hashes, and this is none', 'Hash the value before it is stored.');
}

/** The text of a value that is or holds one: a string, bytes, a pattern, code. Undefined for numbers, dates and ids. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const bytes = bytesIn(value);
  if (bytes !== undefined) return bytesAsText(bytes);
  if (value instanceof RegExp) return value.source;
  const { _bsontype: kind } = value as { readonly _bsontype?: unknown };
  return kind === undefined || WITHOUT_TEXT.has(String(kind)) ? undefined : JSON.stringify(value);
}

/** Of the driver's own type, and no record that calls itself one. */
export function isObjectId(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Object.hasOwn(value, '_bsontype')) return false;
  return (value as { readonly _bsontype?: unknown })._bsontype === 'ObjectId';
}

/** Bytes of a buffer, a typed array or the driver's Binary. */
export function bytesIn(value: object): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  const { _bsontype: kind, buffer, position } = value as Partial<Record<'_bsontype' | 'buffer' | 'position', unknown>>;
  if (kind !== 'Binary' || typeof buffer !== 'object' || buffer === null) return undefined;
  return bytesIn(buffer)?.subarray(0, typeof position === 'number' ? position : undefined);
}
