import { distinctFiles } from '../../engine/fileName.ts';
import type { FileRef } from '../../engine/stored.ts';
import type { Collection, Redaction } from '../../kernel/policy/inventory.ts';
import { queryPath } from './subjectFilter.ts';
import { valuesAt } from './valuesAt.ts';

/** Fields of a collection that hold file keys, with the store they point into; with a redaction, those that it takes. */
export function fileFields({ fields }: Collection, redaction?: Redaction): { path: string; store: string }[] {
  return fields
    .filter(({ path }) => redaction === undefined || redaction.fields.includes(path))
    .flatMap((field) => (field.file ? [{ path: queryPath(field.path), store: field.file }] : []));
}

/** The files that a record holds, each once; with a redaction, those in the fields that it takes. */
export function filesOf(collection: Collection, record: unknown, redaction?: Redaction): FileRef[] {
  const found = fileFields(collection, redaction).flatMap(({ path, store }) =>
    valuesAt(record, path)
      .filter((key): key is string => typeof key === 'string' && key !== '')
      .map((key) => ({ store, key })),
  );
  return distinctFiles(found);
}
