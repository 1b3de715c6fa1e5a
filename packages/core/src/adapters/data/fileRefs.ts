import { distinctFiles } from '../../engine/fileName.ts';
import type { FileRef } from '../../engine/stored.ts';
import type { Collection } from '../../kernel/policy/inventory.ts';
import { queryPath } from './subjectFilter.ts';

/** Fields of a collection that hold file keys, with the store they point into. */
export function fileFields(collection: Collection): { path: string; store: string }[] {
  return collection.fields.flatMap((field) => (field.file ? [{ path: queryPath(field.path), store: field.file }] : []));
}

/** The files that a record holds, each once. */
export function filesOf(collection: Collection, record: unknown): FileRef[] {
  const found = fileFields(collection).flatMap(({ path, store }) =>
    valuesAt(record, path.split('.'))
      .filter((key): key is string => typeof key === 'string' && key !== '')
      .map((key) => ({ store, key })),
  );
  return distinctFiles(found);
}

function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((each) => valuesAt(each, path));
  const [first, ...rest] = path;
  if (first === undefined) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return valuesAt((value as Record<string, unknown>)[first], rest);
}
