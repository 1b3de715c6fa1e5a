import type { Collection, Field } from '../policy/inventory.ts';
import { leadingPaths } from '../policy/leadingPaths.ts';

/** What the inventory says of one place in a collection's records. */
export interface Listed {
  readonly field?: Field;
  /** It names the record or leads from it to its person, and is no datum of its own. */
  readonly leads: boolean;
  /** Retention counts from it, or a key's age does. */
  readonly anchor: boolean;
  readonly keyMade: boolean;
  /** Named fields lie below it. */
  readonly above: boolean;
}

/** The anchor from which the age of an API key counts, where the inventory names it. */
export const KEY_MADE = 'keyMade';

const bookkeeping = ['_id', '__v', '__t'];
const nothing: Listed = { leads: false, anchor: false, keyMade: false, above: false };

/** Of Kept's own records: none of the host's data, and none that the inventory would have to name. */
export const keptsOwn: Listed = { ...nothing, field: { path: '', category: '', export: 'never' } };

/** Answers for a path what the inventory says of it. A field names all that lies below it. */
export function listing(collection: Collection | undefined): (path: string) => Listed {
  if (collection === undefined) return () => nothing;
  const fields = new Map(collection.fields.map((field) => [plain(field.path), field]));
  const anchors = new Set(Object.values(collection.anchors).map(plain));
  const keyMade = collection.anchors[KEY_MADE];
  const leads = new Set([...bookkeeping, ...leadingPaths(collection)].map(plain));
  const above = new Set([...fields.keys(), ...leads].flatMap(pathsAbove));
  return (path) => {
    const name = plain(path);
    const field = [name, ...pathsAbove(name)].map((each) => fields.get(each)).find((each) => each !== undefined);
    return {
      ...(field && { field }),
      leads: leads.has(name),
      anchor: anchors.has(name),
      keyMade: keyMade !== undefined && plain(keyMade) === name,
      above: above.has(name),
    };
  };
}

/** Every path that the inventory names, for whatever reason, each once. */
export function namedPaths(collection: Collection): string[] {
  const { fields, anchors, predicates, traits = {} } = collection;
  return [
    ...new Set([
      ...leadingPaths(collection),
      ...fields.map(({ path }) => path),
      ...Object.values(anchors),
      ...Object.values(predicates).map(({ field }) => field),
      ...Object.values(traits),
    ]),
  ];
}

/** Lists are gone through without being named, so a list of values and a single one have the same place. */
export function plain(path: string): string {
  return path.replaceAll('[]', '');
}

/** The nearest first. */
function pathsAbove(path: string): string[] {
  const names = path.split('.');
  return names.slice(1).map((_, index) => names.slice(0, names.length - 1 - index).join('.'));
}
