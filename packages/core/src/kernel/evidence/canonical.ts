import { KeptError } from '../keptError.ts';

/** Deeper than any document of ours; a bound, so that no input exhausts the stack. */
const DEEPEST = 200;

/**
 * The one JSON text of a value (RFC 8785): keys sorted by UTF-16 code units, numbers as ECMAScript writes them, no space.
 * Refuses what JSON would drop or change in silence: undefined, NaN, infinities, lone surrogates, class instances,
 * functions, holes in arrays. Throws CANONICAL_INVALID with the path, never with the value.
 */
export function canonical(value: unknown): string {
  return write(value, '$', 0);
}

/** A string as RFC 8785 writes it. Throws CANONICAL_INVALID for lone surrogates. */
export function canonicalString(text: string, place: string): string {
  if (!text.isWellFormed()) throw refused(place, 'a string with half a character');
  return JSON.stringify(text);
}

function write(value: unknown, place: string, depth: number): string {
  if (depth > DEEPEST) throw refused(place, 'a value nested too deeply');
  switch (typeof value) {
    case 'string':
      return canonicalString(value, place);
    case 'number':
      if (!Number.isFinite(value)) throw refused(place, 'a number that JSON does not know');
      return String(value === 0 ? 0 : value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? writeArray(value, place, depth) : writeObject(value, place, depth);
    default:
      throw refused(place, `a value of type ${typeof value}`);
  }
}

function writeArray(values: readonly unknown[], place: string, depth: number): string {
  let text = '[';
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) text += ',';
    text += write(values[index], `${place}[${index}]`, depth + 1);
  }
  return `${text}]`;
}

function writeObject(value: object, place: string, depth: number): string {
  if (!isPlain(value)) throw refused(place, 'an object that is no plain data');
  const members = value as Readonly<Record<string, unknown>>;
  let text = '{';
  // Array.prototype.sort without a comparator is the order that RFC 8785 asks for.
  for (const key of Object.keys(members).sort()) {
    if (text.length > 1) text += ',';
    text += `${canonicalString(key, place)}:${write(members[key], `${place}.${key}`, depth + 1)}`;
  }
  return `${text}}`;
}

/** Plain in any realm: the prototype is absent or has none itself. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function refused(place: string, what: string): KeptError {
  return new KeptError('CANONICAL_INVALID', `The canonical form cannot hold ${what}`, {
    place,
    remedy: 'Give plain data: strings, finite numbers, booleans, null, arrays and objects.',
  });
}
