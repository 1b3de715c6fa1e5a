import { mongo } from 'mongoose';
import type { ExportPage, PersonalDataSource } from '../../engine/ports/personalDataSource.ts';
import type { Collection, Field } from '../../kernel/policy/inventory.ts';
import { decoded } from '../../kernel/sensitive/decoded.ts';
import { elementsOf, isInside } from './elements.ts';
import type { HostDatabase } from './hostDatabase.ts';
import { keyText } from './keyForms.ts';
import { behind, type KeyCursor, onward } from './keyOrder.ts';
import { projectionOf } from './projectionOf.ts';
import { holding, leadingPath, ofKind, queryPath } from './subjectFilter.ts';
import { ownPart } from './units.ts';
import { nextWay, type WayCursor } from './ways.ts';

const { EJSON, calculateObjectSize } = mongo.BSON;

/** A page ends before its limit once it holds this much, as it is stored: a record may have 16 MiB. */
const PAGE_BYTES = 4 * 1024 * 1024;

/** Whose records of which collection, which fields, how many at the most, and from where on. */
type Wanted = Parameters<PersonalDataSource['exportOf']>;

/** The subject's records of a collection as plain data, in the order of their keys, with these fields and no others. */
export async function exportOf(
  host: HostDatabase,
  ...[subject, name, paths, limit, after]: Wanted
): Promise<ExportPage> {
  const collection = host.named(name);
  const elements = elementsOf(collection);
  const open = openFields(collection, paths).filter(({ path }) => elements === undefined || isInside(elements, path));
  const walk = walkFrom(after);
  const way = await nextWay(host, collection.subject, subject, walk.way);
  const page = { filter: holding(collection, way.values), fields: open, limit, walk, next: way.next };
  if (elements === undefined) return pageOf(host, name, page, (record) => record);

  return pageOf(host, name, { ...page, besides: [leadingPath(collection)] }, (record) =>
    picked(ownPart(collection, record, way.values).own, open),
  );
}

/**
 * Records that are about the subject though somebody else wrote them, such as comments on their videos, with these fields
 * and no others; whoever wrote them is left out.
 */
export async function exportAbout(
  host: HostDatabase,
  ...[subject, name, paths, limit, after]: Wanted
): Promise<ExportPage> {
  const collection = host.named(name);
  const { about } = collection;
  if (about === undefined) return { records: [] };
  const walk = walkFrom(after);
  const way = await nextWay(host, { by: 'through', ...about }, subject, walk.way);
  const filter = ofKind(collection, {
    $and: [
      { [about.field]: { $in: [...way.values.equal] as mongo.ObjectId[] } },
      { $nor: [await host.ofSubject(collection, [subject])] },
    ],
  });
  const author = leadingPath(collection);
  const fields = openFields(collection, paths).filter(({ path }) => queryPath(path) !== author);
  return pageOf(host, name, { filter, fields, limit, walk, next: way.next }, (record) => record);
}

/** Where a walk stands: on which part of the way to the person, and behind which of the records there. */
interface Walk extends KeyCursor {
  readonly way?: WayCursor;
}

/** Walks are stored between their pages, so where one stands is plain JSON, whatever type the keys have. */
function walkFrom(after: unknown): Walk {
  return (after === undefined ? { done: [] } : EJSON.deserialize(after as object)) as Walk;
}

interface Page {
  readonly filter: mongo.Filter<mongo.Document>;
  readonly fields: readonly Field[];
  /** Paths that are read, and not handed over. */
  readonly besides?: readonly string[];
  readonly limit: number;
  readonly walk: Walk;
  /** The next part of the way, once nothing is left on this one. */
  readonly next?: WayCursor | undefined;
}

async function pageOf(
  host: HostDatabase,
  name: string,
  { filter, fields, besides = [], limit, walk, next: nextPart }: Page,
  partOf: (record: mongo.Document) => mongo.Document,
): Promise<ExportPage> {
  const projection = projectionOf([...fields.map(({ path }) => path), ...besides]);
  const these = { $and: [filter, ...behind(walk)] } as mongo.Filter<mongo.Document>;
  const found: mongo.Document[] = [];
  let bytes = 0;
  for await (const record of host.raw(name).find(these, { projection }).sort({ _id: 1 }).limit(limit)) {
    found.push(record);
    bytes += calculateObjectSize(record);
    if (bytes >= PAGE_BYTES) break;
  }
  const keys = found.map(({ _id }) => _id);
  const onThis = onward(walk, keys, bytes >= PAGE_BYTES ? found.length : limit);
  const next: Walk | undefined = onThis
    ? { ...(walk.way && { way: walk.way }), ...onThis }
    : nextPart && { way: nextPart, done: [] };
  const coded = fields.filter(({ stored }) => stored !== undefined);
  return {
    records: found.map((record) => {
      const { _id, ...own } = partOf(record);
      for (const field of coded) decode(own, queryPath(field.path).split('.'), field);
      return { id: keyText(record._id), fields: plain(own) as object };
    }),
    ...(next && { next: EJSON.serialize(next, { relaxed: false }) }),
  };
}

/** What must never be exported is not, whoever asks for it. */
function openFields({ fields }: Collection, paths: readonly string[]): Field[] {
  return fields.filter(({ path, export: when }) => when === 'always' && paths.includes(path));
}

/** Of a record, in place: what is stored as a text of JSON or base64 becomes what it means. */
function decode(value: unknown, [name = '', ...rest]: readonly string[], field: Field): void {
  if (Array.isArray(value)) {
    for (const each of value) decode(each, [name, ...rest], field);
  } else if (typeof value === 'object' && value !== null && Object.hasOwn(value, name)) {
    const holder = value as Record<string, unknown>;
    const stored = holder[name];
    if (rest.length > 0) decode(stored, rest, field);
    else holder[name] = Array.isArray(stored) ? stored.map((each) => decoded(each, field)) : decoded(stored, field);
  }
}

/** A copy with nothing but these fields. */
function picked(record: mongo.Document, fields: readonly Field[]): mongo.Document {
  const paths = Object.keys(projectionOf(fields.map(({ path }) => path))).map((path) => path.split('.'));
  return pick(record, paths) as mongo.Document;
}

function pick(value: unknown, paths: readonly (readonly string[])[]): unknown {
  if (Array.isArray(value)) return value.map((each) => pick(each, paths));
  if (paths.some((path) => path.length === 0)) return value;
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).flatMap(([name, each]): [string, unknown][] => {
    const deeper = paths.filter(([first]) => first === name).map(([, ...rest]) => rest);
    return deeper.length === 0 ? [] : [[name, pick(each, deeper)]];
  });
  return Object.fromEntries(kept);
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
