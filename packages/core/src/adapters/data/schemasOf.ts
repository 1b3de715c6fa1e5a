import type { CollectionSchema, SchemaPath } from '../../kernel/scan/judgeSchemas.ts';

/** What Mongoose calls a schema, as far as it is read here; told by its marks, since a host brings a copy of its own. */
interface Schema {
  readonly paths: Readonly<Record<string, SchemaType>>;
  readonly options?: { readonly strict?: unknown; readonly discriminatorKey?: unknown };
  readonly discriminators?: Readonly<Record<string, Schema>>;
}

interface SchemaType {
  readonly instance: string;
  readonly schema?: Schema;
  /** Of a list: the type of its elements. */
  readonly embeddedSchemaType?: SchemaType;
}

interface Model {
  readonly schema: Schema;
  readonly collection: { readonly collectionName?: string; readonly name?: string };
}

/**
 * What the models of a host can store, collection by collection; models that share one count together.
 * @param models a Mongoose instance or connection, models by name, or a module that exports one of these
 */
export function schemasOf(models: unknown): CollectionSchema[] {
  const byCollection = new Map<string, Model[]>();
  for (const model of modelsIn(models)) {
    const name = model.collection.collectionName ?? model.collection.name ?? '';
    byCollection.set(name, [...(byCollection.get(name) ?? []), model]);
  }
  return [...byCollection].map(([collection, sharing]) => {
    const paths = sharing.flatMap(({ schema }) => pathsOf(schema, '', ''));
    return {
      collection,
      paths: [...new Map(paths.map((each) => [each.path, each])).values()],
      open: sharing.some(({ schema }) => isOpen(schema)),
    };
  });
}

/** The models in a Mongoose instance or connection, in a record of them, or in a module that exports one of these. */
export function modelsIn(given: unknown): Model[] {
  const holders = [given, ...['default', 'connection', 'mongoose'].map((name) => memberOf(given, name))];
  const lists = [...holders.map((holder) => memberOf(holder, 'models')), ...holders].map((list) =>
    typeof list === 'object' && list !== null ? Object.values(list).filter(isModel) : [],
  );
  return lists.find((models) => models.length > 0) ?? [];
}

function memberOf(holder: unknown, name: string): unknown {
  return (holder as Readonly<Record<string, unknown>> | null | undefined)?.[name];
}

function isModel(value: unknown): value is Model {
  const { schema, collection } = (value ?? {}) as { schema?: { paths?: unknown }; collection?: unknown };
  return typeof schema?.paths === 'object' && typeof collection === 'object';
}

function pathsOf(schema: Schema, at: string, within: string): SchemaPath[] {
  const kinds = Object.values(schema.discriminators ?? {}).filter((kind) => at !== '' && kind !== schema);
  const own = Object.entries(schema.paths).flatMap(([name, type]): SchemaPath[] => {
    // A map stands there twice: by itself, and with its entries.
    if (type.instance === 'Map' && `${name}.$*` in schema.paths) return [];
    const path = `${at}${name.replaceAll('$*', '*')}`;
    const isOwn = ['_id', '__v', schema.options?.discriminatorKey].includes(name);
    return pathsOfType(type, path, isOwn && (type.instance === 'ObjectId' || name !== '_id'));
  });
  const open = at !== '' && isOpen(schema) ? [{ path: within, holds: 'any' as const, own: false }] : [];
  return [...own, ...open, ...kinds.flatMap((kind) => pathsOf(kind, at, within))];
}

function pathsOfType(type: SchemaType, path: string, own: boolean): SchemaPath[] {
  const { instance, schema, embeddedSchemaType: element } = type;
  if (instance === 'Array') {
    if (schema) return pathsOf(schema, `${path}[].`, `${path}[]`);
    return element ? pathsOfType(element, `${path}[]`, own) : [{ path: `${path}[]`, holds: 'any', own }];
  }
  return schema ? pathsOf(schema, `${path}.`, path) : [{ path, holds: holdsOf(instance), own }];
}

function holdsOf(instance: string): SchemaPath['holds'] {
  if (instance === 'String') return 'string';
  if (instance === 'Date') return 'date';
  return instance === 'Mixed' || instance === 'Map' || instance === 'Union' ? 'any' : 'other';
}

function isOpen({ options }: Schema): boolean {
  return options?.strict === false;
}
