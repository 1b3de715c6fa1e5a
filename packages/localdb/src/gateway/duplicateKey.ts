import { BSON, type Document } from 'bson';
import type { Call } from './call.ts';
import { CODE } from './codes.ts';
import { CommandError } from './errors.ts';
import { codeOfSqlState } from './sqlState.ts';

interface Index {
  name: string;
  key: Document;
}

const FIND_INDEX = `SELECT (index_spec).index_name AS name, (index_spec).index_key::bytea AS key
  FROM documentdb_api_catalog.collection_indexes JOIN documentdb_api_catalog.collections USING (collection_id)
  WHERE database_name = $1 AND collection_name = $2 AND ((index_spec).index_name = $3 OR index_id = $4)`;
const CURRENT = 'SELECT cursorpage::bytea AS page FROM documentdb_api.find_cursor_first_page($1, $2::bytea)';

/** The error E11000 in MongoDB's shape, where the failure is a duplicate key; undefined for other failures. */
export async function duplicateOf(
  call: Call,
  collection: string,
  failure: unknown,
  statement?: Document,
): Promise<CommandError | undefined> {
  const { code, message, constraint } = failure as { code?: unknown; message?: string; constraint?: string };
  if (typeof code !== 'string' || codeOfSqlState(code, false) !== CODE.duplicateKey) return undefined;
  const label =
    /[Ii]ndex '([^']+)'/.exec(message ?? '')?.[1] ?? constraint ?? /constraint "([^"]+)"/.exec(message ?? '')?.[1];
  const index = await indexNamed(call, collection, label);
  return describeDuplicate(call, collection, index, await valuesFor(call, collection, index, statement));
}

/** Finds an index by the name that the engine's message gives it. */
export async function indexNamed(call: Call, collection: string, label: string | undefined): Promise<Index> {
  const idIndex = { name: '_id_', key: { _id: 1 } };
  if (!label || label === '_id_' || /^collection_pk_/.test(label)) return idIndex;
  const id = /^documents_rum_index_(\d+)$/.exec(label)?.[1] ?? null;
  const [row] = await call.gateway.pool.aside(FIND_INDEX, [call.database, collection, label, id]);
  return row ? { name: row.name, key: BSON.deserialize(row.key) } : { name: label, key: {} };
}

/** Builds the error. Without values, the message names the index only. */
export function describeDuplicate(
  call: Call,
  collection: string,
  index: Index,
  values: Document | undefined,
): CommandError {
  const shown = values
    ? ` dup key: { ${Object.entries(values)
        .map(([path, value]) => `${path}: ${show(value)}`)
        .join(', ')} }`
    : '';
  const message = `E11000 duplicate key error collection: ${call.database}.${collection} index: ${index.name}${shown}`;
  return new CommandError(CODE.duplicateKey, message, { keyPattern: index.key, ...(values && { keyValue: values }) });
}

// What the refused document would have had. For an update it is put together from the update and the document as it is.
async function valuesFor(call: Call, collection: string, index: Index, statement?: Document): Promise<Document> {
  const { command } = call;
  const update: Document | undefined =
    command.update && typeof command.update === 'object' ? command.update : statement?.u;
  const filter: Document | undefined = statement?.q ?? command.query;
  const sources: Document[] = [];
  if (call.name === 'insert' && statement) sources.push(statement);
  if (update && !Array.isArray(update)) sources.push(update.$set ?? {}, update.$setOnInsert ?? {}, update);
  const values: Document = {};
  for (const path of Object.keys(index.key)) {
    let value = sources.map((source) => at(source, path)).find((found) => found !== undefined);
    if (value === undefined && filter) value = at((await current(call, collection, filter)) ?? filter, path);
    values[path] = value ?? null;
  }
  return values;
}

async function current(call: Call, collection: string, filter: Document): Promise<Document | undefined> {
  const spec = BSON.serialize({ find: collection, filter, limit: 1, singleBatch: true });
  const rows = await call.gateway.pool.aside(CURRENT, [call.database, Buffer.from(spec)]).catch(() => []);
  return rows[0] && BSON.deserialize(rows[0].page).cursor.firstBatch[0];
}

function at(document: Document, path: string): unknown {
  if (path in document) return document[path];
  return path.split('.').reduce<unknown>((value, part) => (value as Document | undefined)?.[part], document);
}

function show(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  const { _bsontype: kind } = value as { _bsontype?: string };
  if (kind === 'ObjectId') return `ObjectId('${value}')`;
  if (kind || typeof value !== 'object') return String(value);
  return BSON.EJSON.stringify(value);
}
