import { mongo } from 'mongoose';
import type { Collection, Inventory } from '../../kernel/policy/inventory.ts';

/** Looks up the keys of intermediate records, such as the API keys through which logs belong to a person. */
export type KeysOf = (collection: string, filter: mongo.Filter<mongo.Document>) => Promise<unknown[]>;

/**
 * A subject key comes as a string; hosts store ObjectIds, UUIDs, numbers or strings.
 * All forms that the string may stand for are asked for at once, so that an index still serves.
 */
export function keyForms(key: string): unknown[] {
  const forms: unknown[] = [key];
  if (/^[0-9a-f]{24}$/i.test(key)) forms.push(new mongo.ObjectId(key));
  if (/^-?\d{1,15}$/.test(key)) forms.push(Number(key));
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(key)) forms.push(new mongo.UUID(key));
  return forms;
}

/** The string form of a key as it stands in the host's database. */
export function keyText(key: unknown): string {
  return String(key);
}

/** Dotted query path of an inventory path: `outputs[].file` becomes `outputs.file`. */
export function queryPath(path: string): string {
  return path.replaceAll('[]', '');
}

/** A filter for all records of these subjects in a collection, through as many hops as the inventory names. */
export async function subjectFilter(
  inventory: Inventory,
  collection: Collection,
  subjects: readonly string[],
  keysOf: KeysOf,
): Promise<mongo.Filter<mongo.Document>> {
  const { subject } = collection;
  switch (subject.by) {
    case 'self':
      return { [subject.key]: { $in: subjects.flatMap(keyForms) } };
    case 'reference':
      return { [queryPath(subject.field)]: { $in: subjects.flatMap(keyForms) } };
    case 'through': {
      const between = collectionNamed(inventory, subject.collection);
      const keys = await keysOf(between.name, await subjectFilter(inventory, between, subjects, keysOf));
      return { [queryPath(subject.field)]: { $in: keys } };
    }
  }
}

export function collectionNamed(inventory: Inventory, name: string): Collection {
  const found = inventory.collections.find((each) => each.name === name);
  if (!found) throw new RangeError(`The inventory has no collection ${name}`);
  return found;
}

/** The collection whose records are the subjects themselves. */
export function subjectCollection(inventory: Inventory): Collection & { subject: { by: 'self' } } {
  const found = inventory.collections.find((each) => each.subject.by === 'self');
  if (!found) throw new RangeError('The inventory names no collection of subjects');
  return found as Collection & { subject: { by: 'self' } };
}
