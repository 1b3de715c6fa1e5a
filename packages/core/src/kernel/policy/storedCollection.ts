import type { Collection, Field, Inventory } from './inventory.ts';
import { leadingPaths } from './leadingPaths.ts';

/** Name of a collection in the database. */
export function storedName({ name, stored = name }: Pick<Collection, 'name' | 'stored'>): string {
  return stored;
}

/**
 * A collection of the database as the inventory has it: where it holds several kinds of records, with what all of them
 * hold. Undefined where the inventory names none.
 */
export function storedCollection(
  { collections }: Pick<Inventory, 'collections'>,
  name: string,
): Collection | undefined {
  const [first, ...others] = collections.filter((each) => storedName(each) === name);
  return first && [first, ...others].reduce(joined);
}

/** The field that tells the kinds in a collection of the database, and the kinds that the inventory names. */
export function kindsIn(
  { collections }: Pick<Inventory, 'collections'>,
  name: string,
): { readonly field: string; readonly kinds: readonly string[] } | undefined {
  const told = collections.flatMap(({ stored, when }) => (stored === name && when ? [when] : []));
  return told[0] && { field: told[0].field, kinds: told.map(({ equals }) => equals) };
}

const STRICTEST = ['refuse', 'strip', 'report'] as const;

function joined(one: Collection, other: Collection): Collection {
  const unlisted = STRICTEST.find((each) => each === one.unlisted || each === other.unlisted);
  const fields = new Map<string, Field>([...other.fields, ...one.fields].map((field) => [field.path, field]));
  return {
    ...one,
    name: storedName(one),
    anchors: { ...renamed(other, other.anchors), ...one.anchors },
    predicates: { ...renamed(other, other.predicates), ...one.predicates },
    fields: [...fields.values()],
    leads: [...leadingPaths(one), ...leadingPaths(other)],
    ...(unlisted && { unlisted }),
  };
}

/** Two kinds may call different fields by one name. */
function renamed<T>({ name }: Collection, entries: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [`${name}.${key}`, value]));
}
