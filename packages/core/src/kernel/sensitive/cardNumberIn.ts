import { type CardHit, cardNumbersIn } from './cardNumbersIn.ts';

/** Where the digits of a decimal number stand when its point is moved by its exponent. */
const SCIENTIFIC = /^(\d)(?:\.(\d+))?E\+?(\d{1,2})$/i;

/**
 * The first card number in a single value: a text, or a number of any kind (number, bigint, BSON's Long, Decimal128, Double) by its
 * decimal digits. Other values hold none.
 */
export function cardNumberIn(value: unknown): CardHit | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : cardNumbersIn(text)[0];
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value).toString() : undefined;
  const kind = typeof value === 'object' && value !== null ? (value as { _bsontype?: unknown })._bsontype : undefined;
  return kind === 'Long' || kind === 'Decimal128' || kind === 'Double' || kind === 'Int32'
    ? plain(String(value))
    : undefined;
}

/** `4.111E+15` as `4111000000000000`. */
function plain(number: string): string {
  const [, first = '', rest = '', exponent = ''] = SCIENTIFIC.exec(number) ?? [];
  return first === '' || rest.length > Number(exponent) ? number : first + rest.padEnd(Number(exponent), '0');
}
