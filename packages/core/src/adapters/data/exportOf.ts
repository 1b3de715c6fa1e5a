import type { mongo } from 'mongoose';
import type { ExportPage } from '../../engine/ports/personalDataSource.ts';
import type { HostDatabase } from './hostDatabase.ts';
import { behind, type KeyCursor, onward } from './keyOrder.ts';
import { queryPath } from './subjectFilter.ts';

/** The subject's records of a collection as plain data, in the order of their keys, with these fields and no others. */
export async function exportOf(
  host: HostDatabase,
  subject: string,
  name: string,
  paths: readonly string[],
  limit: number,
  after: unknown,
): Promise<ExportPage> {
  const cursor = (after ?? { done: [] }) as KeyCursor;
  const collection = host.named(name);
  // What must never be exported is not, whoever asks for it.
  const open = collection.fields.filter(({ path, export: when }) => when === 'always' && paths.includes(path));
  const projection = Object.fromEntries(
    ['_id', ...outermost(open.map(({ path }) => queryPath(path)))].map((path) => [path, 1]),
  );
  const filter = {
    $and: [await host.ofSubject(collection, [subject]), ...behind(cursor)],
  } as mongo.Filter<mongo.Document>;
  const found = await host.raw(name).find(filter, { projection }).sort({ _id: 1 }).limit(limit).toArray();
  const next = onward(
    cursor,
    found.map(({ _id }) => _id),
    limit,
  );
  return {
    records: found.map(({ _id, ...fields }) => ({ id: String(_id), fields: plain(fields) as object })),
    ...(next && { next }),
  };
}

/** The database takes no path together with one inside it. */
function outermost(paths: readonly string[]): string[] {
  return paths.filter((path) => !paths.some((other) => path.startsWith(`${other}.`)));
}

/** What JSON can say of a stored value: instants in ISO 8601, bytes in base64, keys and large numbers as text. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  const type = (value as { _bsontype?: unknown })._bsontype;
  if (type === 'Binary') return Buffer.from((value as { buffer: Uint8Array }).buffer).toString('base64');
  if (type !== undefined || value instanceof RegExp) return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}
