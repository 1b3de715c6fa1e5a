import { KeptError } from '../keptError.ts';
import { isReserved } from './look.ts';

const DEEPEST = 200;

/** Run code in the database that nobody has read. */
const CODE: ReadonlySet<string> = new Set(['$where', '$function', '$accumulator']);

/**
 * Refuses a filter or a pipeline that runs code, or names what the language keeps for itself: such come from outside.
 * Throws QUERY_REFUSED.
 */
export function guardQuery(collection: string, query: unknown, depth = 0): void {
  if (typeof query !== 'object' || query === null) return;
  const { _bsontype: kind, toBSON } = query as { readonly _bsontype?: unknown; readonly toBSON?: () => unknown };
  if (kind === 'Code') throw queryRefused(collection, 'it holds code');
  if (Object.hasOwn(query, '_bsontype')) throw queryRefused(collection, 'a value passes itself off as another type');
  if (kind !== undefined || query instanceof Date || query instanceof RegExp || ArrayBuffer.isView(query)) return;
  if (depth > DEEPEST) throw queryRefused(collection, `it is more than ${DEEPEST} levels deep`);
  if (typeof toBSON === 'function' && !(query instanceof Map)) {
    guardQuery(collection, toBSON.call(query), depth + 1);
    return;
  }
  for (const [name, part] of query instanceof Map ? query : Object.entries(query)) {
    if (typeof part === 'function') throw queryRefused(collection, 'it holds code');
    if (typeof name === 'string' && CODE.has(name)) throw queryRefused(collection, `it runs code by ${name}`);
    if (typeof name === 'string' && name.split('.').some(isReserved)) {
      throw queryRefused(collection, 'it names a field that the language keeps for itself');
    }
    guardQuery(collection, part, depth + 1);
  }
}

/** Refuses a pipeline that writes into a collection of the inventory, past the guard of its fields. Throws QUERY_REFUSED. */
export function guardTargets(collection: string, pipeline: readonly unknown[], governed: ReadonlySet<string>): void {
  for (const stage of pipeline) {
    const { $out, $merge } = (stage ?? {}) as { readonly $out?: unknown; readonly $merge?: unknown };
    for (const target of [$out, $merge]) {
      const name = targetOf(target);
      if (name === undefined || !governed.has(name)) continue;
      throw queryRefused(collection, `it writes into ${name}, where nothing could look at what it writes`);
    }
  }
}

/** Also where another database is named: the collection may be governed there too. */
function targetOf(target: unknown): string | undefined {
  if (typeof target === 'string' || target === undefined || target === null) return target ?? undefined;
  const { into, coll } = target as { readonly into?: unknown; readonly coll?: unknown };
  return into === undefined ? (typeof coll === 'string' ? coll : undefined) : targetOf(into);
}

function queryRefused(collection: string, what: string): KeptError {
  return new KeptError('QUERY_REFUSED', `The query was not run: ${what}`, {
    place: collection,
    remedy: 'Write it with plain operators, and let nothing that people send name fields or operators.',
  });
}
