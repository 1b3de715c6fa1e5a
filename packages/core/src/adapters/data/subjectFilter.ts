import type { mongo } from 'mongoose';
import type { Collection, Inventory, SubjectPath } from '../../kernel/policy/inventory.ts';
import { addressOfSubject, deviceOfSubject } from '../../kernel/policy/personWithoutAccount.ts';
import { keyForms, keyIdentity } from './keyForms.ts';
import { shapedKey } from './shapedKey.ts';

type Filter = mongo.Filter<mongo.Document>;

/** What is known on the way from a record to its person. */
export interface Known {
  /** Keys of intermediate records, such as the API keys through which logs belong to a person. */
  keysOf(collection: string, filter: Filter): Promise<unknown[]>;
  /** Addresses of accounts, in lower case. */
  addressesOf(subjects: readonly string[]): Promise<readonly string[]>;
}

/** What stands in the leading field of a person's records. */
export interface LeadingValues {
  readonly equal: readonly unknown[];
  /** In lower case: they stand there in whatever case somebody typed. */
  readonly alike: readonly string[];
}

/** A filter for all records of these subjects in a collection, through as many hops as the inventory names. */
export async function subjectFilter(
  inventory: Inventory,
  collection: Collection,
  subjects: readonly string[],
  known: Known,
): Promise<Filter> {
  return holding(collection, await leadingValues(inventory, collection.subject, subjects, known));
}

/** The records of the collection in whose leading field one of the values stands. */
export function holding(collection: Collection, { equal, alike }: LeadingValues): Filter {
  const patterns = alike.map((text) => new RegExp(`^\\s*${text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}\\s*$`, 'i'));
  return ofKind(collection, { [leadingPath(collection)]: { $in: [...equal, ...patterns] } });
}

/** Whether a value is one of them, as the filter asks the database. */
export function isAmong({ equal, alike }: LeadingValues): (value: unknown) => boolean {
  const [forms, texts] = [new Set(equal.map(keyIdentity)), new Set(alike)];
  return (value) =>
    forms.has(keyIdentity(value)) || (typeof value === 'string' && texts.has(value.trim().toLowerCase()));
}

export async function leadingValues(
  inventory: Inventory,
  path: SubjectPath,
  subjects: readonly string[],
  known: Known,
): Promise<LeadingValues> {
  switch (path.by) {
    case 'self':
      return { equal: subjects.flatMap(keyForms), alike: [] };
    case 'reference':
      return { equal: subjects.flatMap((key) => (path.as ? [shapedKey(key, path.as)] : keyForms(key))), alike: [] };
    case 'device': {
      const devices = subjects.flatMap((subject) => deviceOfSubject(subject) ?? []);
      return { equal: devices.flatMap((key) => (path.as ? [shapedKey(key, path.as)] : keyForms(key))), alike: [] };
    }
    case 'address': {
      const { as } = path;
      const alone = subjects.flatMap((subject) => addressOfSubject(subject) ?? []);
      const addresses = [...new Set([...alone, ...(await known.addressesOf(subjects))])];
      return as ? { equal: addresses.map((each) => shapedKey(each, as)), alike: [] } : { equal: [], alike: addresses };
    }
    case 'through': {
      const between = collectionNamed(inventory, path.collection);
      const filter = await subjectFilter(inventory, between, subjects, known);
      return { equal: await known.keysOf(between.name, filter), alike: [] };
    }
  }
}

/** Dotted query path of an inventory path: `outputs[].file` becomes `outputs.file`. */
export function queryPath(path: string): string {
  return path.replaceAll('[]', '');
}

/** Query path of the field that leads to the person. */
export function leadingPath({ subject }: Pick<Collection, 'subject'>): string {
  return queryPath(subject.by === 'self' ? subject.key : subject.field);
}

/** Of several kinds of records in one collection, those of this one. */
export function ofKind({ when }: Collection, filter: Filter): Filter {
  if (when === undefined) return filter;
  const kind: Filter = { [when.field]: when.equals };
  return Object.keys(filter).length === 0 ? kind : ({ $and: [kind, filter] } as Filter);
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
