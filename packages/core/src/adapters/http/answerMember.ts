import type { OtherSource } from '../../engine/ports/otherSource.ts';
import { memberNamed } from './members.ts';

type Given = Readonly<Record<string, unknown>>;

/** Cursors of these may hold keys as they are stored; those of the others are plain already. */
const RAW_CURSORS = new Set(['subjects', 'candidates']);

/** Asks a source for what a request names, with keys of records and cursors as they are stored there. */
export async function answerMember(source: OtherSource, name: string, given: Given): Promise<unknown> {
  const values = { ...given };
  const { mongo } = (await import('mongoose')).default;
  const { EJSON } = mongo.BSON;
  if (Array.isArray(given.ids)) values.ids = await storedKeys(source, String(given.collection), given.ids.map(String));
  if (RAW_CURSORS.has(name) && typeof given.after === 'string') values.after = EJSON.parse(given.after);

  const member = Reflect.get(source, name) as (...args: unknown[]) => Promise<unknown>;
  const result = await member.apply(
    source,
    (memberNamed(name)?.takes ?? []).map((each) => values[each]),
  );
  if (result instanceof Map) return [...result];
  if (RAW_CURSORS.has(name)) {
    const { next, ...page } = result as { next?: unknown };
    return { ...page, ...(next !== undefined && { next: EJSON.stringify(next, { relaxed: false }) }) };
  }
  return result;
}

/** Keys as the source has them; those of records that are gone stay as they came, and count as gone there too. */
async function storedKeys(source: OtherSource, collection: string, keys: readonly string[]): Promise<unknown[]> {
  const there = (await source.recordsNamed?.(collection, keys)) ?? [];
  const known = new Map(there.map(({ id }) => [String(id), id]));
  return keys.map((key) => (known.has(key) ? known.get(key) : key));
}
