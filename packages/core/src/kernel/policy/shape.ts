import { insteadOf } from './nearestWord.ts';
import { below, mistake, type Spot } from './spot.ts';

/** Reads a value of a file; after noting a mistake it answers undefined, and the reading goes on beside it. */
export type Shape<T> = (value: unknown, spot: Spot) => T | undefined;

interface Entry<T> {
  readonly shape: Shape<T>;
  readonly needed: boolean;
  readonly fallback?: T;
}

export function need<T>(shape: Shape<T>): Entry<T> {
  return { shape, needed: true };
}

export function maybe<T>(shape: Shape<T>): Entry<T> {
  return { shape, needed: false };
}

/** What is meant where nothing is written. */
export function or<T>(shape: Shape<T>, fallback: T): Entry<T> {
  return { shape, needed: false, fallback };
}

type Entries<T> = { readonly [K in keyof T]-?: Entry<NonNullable<T[K]>> };

/** A mapping with exactly these keys. */
export function fields<T extends object>(entries: Entries<T>): Shape<T> {
  const known = Object.keys(entries);
  return (value, spot) => {
    if (!isMapping(value))
      return mistake(spot, 'WRONG_SHAPE', 'a mapping of keys is expected here', `give ${known.join(', ')}`);
    for (const key of Object.keys(value)) {
      if (!known.includes(key)) mistake(below(spot, key), 'UNKNOWN_KEY', `unknown key "${key}"`, insteadOf(key, known));
    }

    const read: Record<string, unknown> = {};
    let whole = true;
    for (const [key, entry] of Object.entries(entries) as [string, Entry<unknown>][]) {
      const given = value[key];
      if (given === undefined || given === null) {
        if (entry.needed) mistake(spot, 'MISSING_KEY', `"${key}" is missing`, `add ${key}:`);
        if (entry.needed) whole = false;
        if (entry.fallback !== undefined) read[key] = entry.fallback;
        continue;
      }
      const understood = entry.shape(given, below(spot, key));
      if (understood === undefined) whole = false;
      else read[key] = understood;
    }
    return whole ? (read as T) : undefined;
  };
}

/** A list; elements with mistakes are left out, so that the others are still checked against each other. */
export function listOf<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value, spot) => {
    if (!Array.isArray(value)) return mistake(spot, 'WRONG_SHAPE', 'a list is expected here', 'write [ ] around it');
    return value.flatMap((element, index) => shape(element, below(spot, index)) ?? []);
  };
}

/** One, or a list of them. */
export function oneOrMore<T>(shape: Shape<T>): Shape<readonly T[]> {
  const list = listOf(shape);
  return (value, spot) => list(Array.isArray(value) ? value : [value], spot);
}

/** A mapping from names to values of one shape; `key` checks the names. */
export function mapOf<T>(shape: Shape<T>, key?: Shape<string>): Shape<Readonly<Record<string, T>>> {
  return (value, spot) => {
    if (!isMapping(value))
      return mistake(spot, 'WRONG_SHAPE', 'a mapping from names is expected here', 'write name: {…}');
    const read: Record<string, T> = {};
    for (const [name, element] of Object.entries(value)) {
      if (name === '__proto__') {
        mistake(below(spot, name), 'UNKNOWN_KEY', 'a name that the language keeps for itself', 'choose another name');
        continue;
      }
      key?.(name, below(spot, name));
      const understood = shape(element, below(spot, name));
      if (understood !== undefined) read[name] = understood;
    }
    return read;
  };
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
