import { egressInvalid } from './egressInvalid.ts';
import { bytesOf, isPlainObject, plainEntries } from './plainValue.ts';

/** 50 MB of text and bytes. */
export const MOST_SIZE: number = 50 * 1024 * 1024;
export const MOST_LEVELS = 200;
export const MOST_VALUES = 100_000;

/**
 * Refuses a body that would take long to judge. What no JSON has (maps, class instances, functions) counts as one value
 * and is not looked into; nothing that the body could run is run.
 * @throws KeptError EGRESS_INVALID
 */
export function demandBounded(body: unknown): void {
  const open: [value: unknown, level: number][] = [[body, 0]];
  let values = 0;
  let size = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [value, level] = next;
    values += 1;
    size += sizeOf(value);
    if (level > MOST_LEVELS) throw tooLarge(`is nested deeper than ${MOST_LEVELS} levels`);
    if (size > MOST_SIZE) throw tooLarge(`is larger than ${MOST_SIZE / 1024 / 1024} MB`);
    const isList = Array.isArray(value);
    if (isList && value.length > MOST_VALUES) throw tooMany();
    if (!isList && !isPlainObject(value)) continue;
    for (const [key, inner] of plainEntries(value)) {
      if (!isList) size += String(key).length;
      open.push([inner, level + 1]);
    }
    if (values + open.length > MOST_VALUES) throw tooMany();
  }
}

/** 5 MB: searching text takes up to a second for each. Files are cleaned and not searched. */
export const MOST_TEXT: number = 5 * 1024 * 1024;

/**
 * Refuses more text than can be searched for the person's values while others wait.
 * @throws KeptError EGRESS_INVALID
 */
export function demandSearchable(texts: readonly unknown[]): void {
  const size = texts.reduce<number>((sum, text) => sum + (typeof text === 'string' ? text.length : 0), 0);
  if (size > MOST_TEXT) throw tooLarge(`holds more than ${MOST_TEXT / 1024 / 1024} MB of text beside its files`);
}

function sizeOf(value: unknown): number {
  return typeof value === 'string' ? value.length : (bytesOf(value)?.byteLength ?? 0);
}

function tooMany(): ReturnType<typeof egressInvalid> {
  return tooLarge(`holds more than ${MOST_VALUES} values`);
}

function tooLarge(what: string): ReturnType<typeof egressInvalid> {
  return egressInvalid('body', `The body ${what}`, 'Send less at once, or files as a stream.');
}
