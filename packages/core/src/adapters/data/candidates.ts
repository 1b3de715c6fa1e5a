import type { mongo } from 'mongoose';
import type { CandidatePage, FactRecord, StillDue } from '../../engine/ports/personalDataSource.ts';
import type { Collection, Predicate, Redaction, SubjectPath } from '../../kernel/policy/inventory.ts';
import { subjectAtDevice } from '../../kernel/policy/personWithoutAccount.ts';
import { dueFilter } from './dueFilter.ts';
import { fileFields, filesOf } from './fileRefs.ts';
import type { HostDatabase } from './hostDatabase.ts';
import { keyIdentity, keyText } from './keyForms.ts';
import { behind, type KeyCursor, onward } from './keyOrder.ts';
import { keyShapedAs } from './shapedKey.ts';
import { leadingPath, queryPath } from './subjectFilter.ts';
import { isElements, ownPart, recordKey } from './units.ts';
import { dateAt, onlyValueAt } from './valuesAt.ts';

type Filter = mongo.Filter<mongo.Document>;

/** The next records that may be due for some owner, in the order of their keys, with what decides on each. */
export async function candidates(
  host: HostDatabase,
  name: string,
  due: StillDue & { readonly limit: number },
  after: unknown = { done: [] },
): Promise<CandidatePage> {
  const cursor = after as KeyCursor;
  const filter = await dueFilter(host, name, due);
  if (!filter) return { records: [] };
  const these = { $and: [filter, ...behind(cursor)] } as Filter;
  const records = await read(host, name, these, due.redaction, due.limit);
  const next = onward(
    cursor,
    records.map(({ id }) => id),
    due.limit,
  );
  return { records, ...(next && { next }) };
}

/** Those of the records that are there, with what decides on each. */
export async function factsOf(
  host: HostDatabase,
  name: string,
  ids: readonly unknown[],
  redaction?: Redaction,
): Promise<FactRecord[]> {
  const parts = new Map(ids.filter(isElements).map((part) => [keyIdentity(part.record), part]));
  const keys = ids.map(recordKey) as mongo.ObjectId[];
  const facts = await read(host, name, { _id: { $in: keys } }, redaction, 0, (collection, record) => {
    const part = parts.get(keyIdentity(record._id));
    return part ? ownPart(collection, record, { equal: part.keptElements, alike: [] }).own : record;
  });
  return facts.map((fact) => ({ ...fact, id: parts.get(keyIdentity(fact.id)) ?? fact.id }));
}

async function read(
  host: HostDatabase,
  name: string,
  filter: Filter,
  redaction: Redaction | undefined,
  limit = 0,
  partOf: (collection: Collection, record: mongo.Document) => mongo.Document = (_, record) => record,
): Promise<FactRecord[]> {
  const collection = host.named(name);
  const [anchors, predicates] = [Object.entries(collection.anchors), Object.entries(collection.predicates)];
  const paths = [
    leadingPath(collection),
    ...anchors.map(([, path]) => queryPath(path)),
    ...predicates.map(([, { field }]) => queryPath(field)),
    ...fileFields(collection, redaction).map(({ path }) => path),
    ...(collection.visibility ? [queryPath(collection.visibility)] : []),
  ];
  const projection = Object.fromEntries(['_id', ...paths].map((path) => [path, 1]));
  const found = await host
    .raw(name)
    .find(filter, { projection })
    .sort({ _id: 1 })
    .limit(limit)
    .batchSize(limit || 1_000)
    .toArray();
  const owners = await ownersOf(host, collection, found);
  return found.map((each, index) => {
    const owner = owners[index];
    return {
      id: each._id,
      files: filesOf(collection, partOf(collection, each), redaction),
      anchors: Object.fromEntries(anchors.map(([anchor, path]) => [anchor, dateAt(each, queryPath(path))])),
      predicates: Object.fromEntries(predicates.map(([predicate, test]) => [predicate, meets(each, test)])),
      ...(collection.visibility && visibilityOf(onlyValueAt(each, queryPath(collection.visibility)))),
      ...(owner !== undefined && { owner }),
      ...(owner !== undefined && collection.subject.by === 'self' && { subject: owner }),
    };
  });
}

/** The owner of each record, through as many hops as the inventory names; unknown where it has none, or several. */
async function ownersOf(
  host: HostDatabase,
  collection: Collection,
  records: readonly mongo.Document[],
): Promise<(string | undefined)[]> {
  const keys = records.map((record) => onlyValueAt(record, leadingPath(collection)));
  const { subject } = collection;
  if (subject.by !== 'through') return keys.map((key) => ownerOf(subject, key));

  const between = host.named(subject.collection);
  const distinct = [...new Map(keys.filter((key) => key !== undefined).map((key) => [keyIdentity(key), key])).values()];
  const hops = await host
    .raw(between.name)
    .find({ _id: { $in: distinct as mongo.ObjectId[] } }, { projection: { [leadingPath(between)]: 1 } })
    .toArray();
  const owners = await ownersOf(host, between, hops);
  const byKey = new Map(hops.map((hop, index) => [keyIdentity(hop._id), owners[index]]));
  return keys.map((key) => (key === undefined ? undefined : byKey.get(keyIdentity(key))));
}

/** Whose key that is; unknown where it is stored in a way that cannot be turned back, or where it is an address. */
function ownerOf(path: Exclude<SubjectPath, { by: 'through' }>, key: unknown): string | undefined {
  if (key === undefined || key === null || path.by === 'address') return undefined;
  if (path.by === 'self') return keyText(key);
  const found = keyShapedAs(keyText(key), path.as);
  return found !== undefined && path.by === 'device' ? subjectAtDevice(found) : found;
}

/** What its owner says of it; whatever else stands there is private. */
function visibilityOf(value: unknown): Pick<FactRecord, 'visibility'> {
  return { visibility: value === 'public' || value === 'link' ? value : 'private' };
}

/** The same that the filter of the rule asks of the database. */
function meets(record: mongo.Document, test: Predicate): boolean {
  const value = onlyValueAt(record, queryPath(test.field));
  if ('equals' in test) return value === test.equals;
  return (value !== undefined && value !== null) === test.exists;
}
