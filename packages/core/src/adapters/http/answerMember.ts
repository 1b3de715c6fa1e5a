import { mongo } from 'mongoose';
import type { OtherSource } from '../../engine/ports/otherSource.ts';
import { memberNamed } from './members.ts';
import { elementsOfText, idText } from './recordIds.ts';

const { EJSON } = mongo.BSON;

type Given = Readonly<Record<string, unknown>>;

/** Cursors of these may hold keys as they are stored; those of the others are plain already. */
const RAW_CURSORS = new Set(['subjects', 'candidates']);
/** Members that answer with records, whose keys travel as text. */
const RECORDS = new Set(['recordsOf', 'recordsAbout', 'dueRecords', 'factsOf', 'recordsNamed', 'candidates']);

/** Asks a source for what a request names, with keys of records and cursors as they are stored there. */
export async function answerMember(source: OtherSource, name: string, given: Given): Promise<unknown> {
  const values = { ...given };
  if (Array.isArray(given.ids)) values.ids = await storedKeys(source, String(given.collection), given.ids.map(String));
  if (RAW_CURSORS.has(name) && typeof given.after === 'string') values.after = EJSON.parse(given.after);

  const member = Reflect.get(source, name) as (...args: unknown[]) => Promise<unknown>;
  const result = await member.apply(
    source,
    (memberNamed(name)?.takes ?? []).map((each) => values[each]),
  );
  if (result instanceof Map) return [...result];
  if (RECORDS.has(name) && Array.isArray(result)) return result.map(withTextId);
  if (RAW_CURSORS.has(name)) {
    const { next, records, ...page } = result as { next?: unknown; records?: readonly WithId[] };
    return {
      ...page,
      ...(records && { records: records.map(withTextId) }),
      ...(next !== undefined && { next: EJSON.stringify(next, { relaxed: false }) }),
    };
  }
  return result;
}

interface WithId {
  readonly id: unknown;
}

function withTextId<T extends WithId>(record: T): T {
  return { ...record, id: idText(record.id) };
}

/** Keys as the source has them; those of records that are gone stay as they came, and count as gone there too. */
async function storedKeys(source: OtherSource, collection: string, keys: readonly string[]): Promise<unknown[]> {
  const parts = new Map(keys.map((key) => [key, elementsOfText(key)]));
  const whole = keys.filter((key) => parts.get(key) === undefined);
  const there = whole.length === 0 ? [] : ((await source.recordsNamed?.(collection, whole)) ?? []);
  const known = new Map(there.map(({ id }) => [idText(id), id]));
  return keys.map((key) => parts.get(key) ?? (known.has(key) ? known.get(key) : key));
}
