import type { mongo } from 'mongoose';
import { fileName } from '../../engine/fileName.ts';
import type { Found } from '../../kernel/decision.ts';
import type { Collection } from '../../kernel/policy/inventory.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import { elementsOf } from './elements.ts';
import { fileFields, filesOf } from './fileRefs.ts';
import type { HostDatabase } from './hostDatabase.ts';
import { leadingPath, ofKind, queryPath } from './subjectFilter.ts';
import { ownPart } from './units.ts';
import { dateAt } from './valuesAt.ts';

type Filter = mongo.Filter<mongo.Document>;

/** The youngest anchors of the rule that governs the collection, among these records. */
export async function newestAnchors(
  policy: Policy,
  raw: (name: string) => mongo.Collection,
  collection: Collection,
  filter: Filter,
): Promise<Pick<Found, 'newest' | 'newestOtherwise'>> {
  const rule = policy.retention.find((each) => each.id === collection.retention);
  const since = rule && collection.anchors[rule.since];
  if (!since) return {};
  const other = rule.otherwise && collection.anchors[rule.otherwise.since];
  const youngest = async (field: string, these: Filter): Promise<Date | undefined> => {
    const records = raw(collection.name).find(these, { projection: { [field]: 1 } });
    const [newest] = await records
      .sort({ [field]: -1 })
      .limit(1)
      .toArray();
    return dateAt(newest, field);
  };
  const newest = await youngest(since, filter);
  const newestOtherwise =
    other && (await youngest(other, { $and: [filter, { [since]: { $not: { $type: 'date' } } }] } as Filter));
  return { ...(newest && { newest }), ...(newestOtherwise && { newestOtherwise }) };
}

/** Distinct files that the person holds in these records. */
export async function countFiles(
  host: HostDatabase,
  collection: Collection,
  subject: string,
  filter: Filter,
): Promise<number> {
  const fields = fileFields(collection);
  if (fields.length === 0) return 0;
  const keys = new Set<string>();
  const values = elementsOf(collection) ? await host.leading(collection, [subject]) : undefined;
  const paths = [...fields.map(({ path }) => path), ...(values ? [leadingPath(collection)] : [])];
  const projection = Object.fromEntries(paths.map((path) => [path, 1]));
  for await (const record of host.raw(collection.name).find(filter, { projection })) {
    const own = values ? ownPart(collection, record, values).own : record;
    for (const file of filesOf(collection, own)) keys.add(fileName(file));
  }
  return keys.size;
}

/** Keys that one question to the database names. */
const AT_ONCE = 5_000;

/** Remixes of the person's works that others made: they stay, without the link. */
export async function othersWorks(
  host: HostDatabase,
  collection: Collection,
  subject: string,
): Promise<Pick<Found, 'othersWorks'>> {
  const { lineage, name } = collection;
  if (lineage === undefined) return {};
  const own = await host.ofSubject(collection, [subject]);
  let count = 0;
  let keys: mongo.ObjectId[] = [];
  const ask = async (): Promise<void> => {
    const ofThese = { [queryPath(lineage.parent)]: { $in: keys } };
    count += await host.raw(name).countDocuments({ $and: [ofKind(collection, ofThese), { $nor: [own] }] } as Filter);
    keys = [];
  };
  for await (const { _id } of host.raw(name).find(own, { projection: { _id: 1 } })) {
    if (keys.push(_id) === AT_ONCE) await ask();
  }
  if (keys.length > 0) await ask();
  return count === 0 ? {} : { othersWorks: count };
}
