import {
  type CollectionName,
  type Condition,
  collections,
  type RecordStore,
  type Records,
  type Where,
} from '../../engine/ports/recordStore.ts';
import type { Stored } from '../../engine/stored.ts';
import { KeptError } from '../../kernel/keptError.ts';

/** Kept's documents in memory: for tests of the engine, where no database is needed. */
export function memoryRecords(): RecordStore {
  const open = new Map<CollectionName, Records<Stored>>();
  return {
    collection<T extends Stored>(name: CollectionName): Records<T> {
      if (!open.has(name)) open.set(name, memoryCollection(name));
      return open.get(name) as unknown as Records<T>;
    },
    async prepare() {},
  };
}

function memoryCollection(name: CollectionName): Records<Stored> {
  const documents = new Map<string, Stored>();
  const uniqueKeys: readonly (readonly string[])[] = collections[name].unique;
  const matching = (where: Where): Stored[] => [...documents.values()].filter((each) => matches(each, where));
  const taken = (document: Stored): boolean =>
    documents.has(document._id) ||
    uniqueKeys.some((fields) => {
      const key = (each: unknown): string => JSON.stringify(fields.map((field) => valuesAt(each, field)));
      return [...documents.values()].some((each) => key(each) === key(document));
    });
  const store = (document: Stored): void => void documents.set(document._id, structuredClone(document));

  return {
    async insert(document) {
      if (taken(document)) return false;
      store(document);
      return true;
    },
    async insertMany(all) {
      let inserted = 0;
      for (const document of all) {
        if (taken(document)) break;
        store(document);
        inserted += 1;
      }
      return inserted;
    },
    async get(id) {
      return structuredClone(documents.get(id));
    },
    async find(where, options = {}) {
      const found = matching(where);
      for (const [field, direction] of Object.entries(options.sort ?? {}).reverse()) {
        found.sort((a, b) => direction * compare(valuesAt(a, field)[0], valuesAt(b, field)[0]));
      }
      const skip = options.skip ?? 0;
      return structuredClone(found.slice(skip, options.limit ? skip + options.limit : undefined));
    },
    async count(where) {
      return matching(where).length;
    },
    async replace(document) {
      if (documents.get(document._id)?.version !== document.version) throw conflict(name, document._id);
      const next = { ...document, version: document.version + 1 };
      store(next);
      return structuredClone(next);
    },
    async remove(where) {
      const found = matching(where);
      for (const each of found) documents.delete(each._id);
      return found.length;
    },
    async claim(where, holder, now, until) {
      const free = matching(where).find(
        (each) => !each.lease || each.lease.until <= now || each.lease.holder === holder,
      );
      if (!free) return undefined;
      const next = { ...free, version: free.version + 1, lease: { holder, until } };
      store(next);
      return structuredClone(next);
    },
    async settle(id, eventIds) {
      const document = documents.get(id);
      if (document) store({ ...document, pending: document.pending.filter((event) => !eventIds.includes(event.id)) });
    },
  };
}

/** The error for a document that somebody else wrote in between. */
export function conflict(collection: string, id: string): KeptError {
  return new KeptError('RECORD_CONFLICT', `${collection} ${id} was changed in between`, {
    place: `kept_${collection}`,
    remedy: 'Read it again and repeat the step.',
  });
}

function valuesAt(document: unknown, path: string): unknown[] {
  let values: unknown[] = [document];
  for (const part of path.split('.')) {
    values = values
      .flatMap((value) => (Array.isArray(value) ? value : [value]))
      .map((value) => (value as Record<string, unknown> | null | undefined)?.[part]);
  }
  const flat = values.flatMap((value) => (Array.isArray(value) ? [...value, value] : [value]));
  return flat.map((value) => (value === undefined ? null : value));
}

function matches(document: Stored, where: Where): boolean {
  return Object.entries(where).every(([path, condition]) => {
    const values = valuesAt(document, path);
    // `not` means that no element equals, as MongoDB's $ne does.
    if (isObject(condition) && 'not' in condition) return values.every((value) => compare(value, condition.not) !== 0);
    return values.some((value) => holds(value, condition));
  });
}

function holds(value: unknown, condition: Condition): boolean {
  if (!isObject(condition)) return compare(value, condition) === 0;
  if ('in' in condition) return condition.in.some((each) => compare(value, each) === 0);
  if ('exists' in condition) return (value !== null) === condition.exists;
  if (value === null || typeof value === 'boolean') return false;
  if ('before' in condition) return compare(value, condition.before) < 0;
  if ('upTo' in condition) return compare(value, condition.upTo) <= 0;
  return 'after' in condition && compare(value, condition.after) > 0;
}

function isObject(condition: Condition): condition is Exclude<Condition, string | number | boolean | null> {
  return typeof condition === 'object' && condition !== null;
}

function compare(a: unknown, b: unknown): number {
  const left = comparable(a);
  const right = comparable(b);
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  return left < right ? -1 : 1;
}

function comparable(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return value;
  if (typeof value === 'object' && typeof (value as { getTime?: unknown }).getTime === 'function') {
    return (value as Date).getTime();
  }
  return String(value);
}
