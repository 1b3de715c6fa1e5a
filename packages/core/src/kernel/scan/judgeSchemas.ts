import type { Inventory } from '../policy/inventory.ts';
import { storedCollection, storedName } from '../policy/storedCollection.ts';
import { type Listed, listing, namedPaths, plain } from './listing.ts';
import { type ScanFinding, scanFinding } from './scanFinding.ts';

/** What the host's models can store in a collection. */
export interface CollectionSchema {
  readonly collection: string;
  readonly paths: readonly SchemaPath[];
  /** It takes fields that it does not name. */
  readonly open: boolean;
}

export interface SchemaPath {
  /** As an inventory writes it: `outputs[].file`; `*` where the names of entries are free. */
  readonly path: string;
  /** `any` takes whatever comes, in any shape. */
  readonly holds: 'string' | 'date' | 'any' | 'other';
  /** Mongoose puts it there by itself: keys, versions and what tells the kinds of a record apart. */
  readonly own: boolean;
}

/** Compares what models can store with what the inventory names: nothing is read, so that a test of the host can ask. */
export function judgeSchemas(inventory: Inventory, schemas: readonly CollectionSchema[]): ScanFinding[] {
  const stored = new Set(schemas.map(({ collection }) => collection));
  return [
    ...schemas.flatMap((schema) => judgeSchema(inventory, schema)),
    ...inventory.collections
      .filter((each) => !stored.has(storedName(each)))
      .map(({ name }) => scanFinding('COLLECTION_NOWHERE', name, 'The inventory names it, and nothing stores it')),
  ];
}

function judgeSchema(inventory: Inventory, schema: CollectionSchema): ScanFinding[] {
  const { collection: name, paths, open } = schema;
  if (inventory.impersonal?.some((each) => each.name === name)) return [];
  const collection = storedCollection(inventory, name);
  if (collection === undefined) {
    return [scanFinding('COLLECTION_UNLISTED', name, 'A model stores records that the inventory does not know')];
  }

  const listed = listing(collection);
  const found = paths.flatMap((each) => judgePath(each, `${name}.${each.path}`, listed(each.path)));
  if (open) return [scanFinding('SCHEMA_OPEN', name, 'Its model stores whatever comes'), ...found];
  const gone = namedPaths(collection).filter((path) => !paths.some((each) => reaches(each, path)));
  return [
    ...found,
    ...gone.map((path) =>
      scanFinding('FIELD_NOWHERE', `${name}.${path}`, 'The inventory names it, and no model stores it'),
    ),
  ];
}

function judgePath({ holds, own }: SchemaPath, where: string, listed: Listed): ScanFinding[] {
  const { field, leads, above, anchor } = listed;
  if (own) return [];
  if (field === undefined && !leads) {
    return holds === 'any' && above
      ? [scanFinding('SCHEMA_OPEN', where, 'The inventory names some fields of it, and its model takes any')]
      : [scanFinding('FIELD_UNLISTED', where, 'A model stores it, and the inventory has no category for it')];
  }
  if (anchor && holds !== 'date') {
    return [scanFinding('ANCHOR_NO_DATE', where, 'Periods count from it, and its model stores no date')];
  }
  if (field?.file !== undefined && holds !== 'string') {
    return [scanFinding('FILE_KEY_UNREADABLE', where, 'Keys of files are expected, and its model stores no text')];
  }
  return [];
}

/** Whether the model can store something at a path of the inventory, or below it. */
function reaches({ path, holds }: SchemaPath, named: string): boolean {
  const [stored, wanted] = [plain(path), plain(named)];
  return stored === wanted || stored.startsWith(`${wanted}.`) || (holds === 'any' && wanted.startsWith(`${stored}.`));
}
