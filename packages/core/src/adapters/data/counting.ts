import type { mongo } from 'mongoose';
import { fileName } from '../../engine/fileName.ts';
import type { Found } from '../../kernel/decision.ts';
import type { Collection } from '../../kernel/policy/inventory.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import { fileFields, filesOf } from './fileRefs.ts';
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

/** Distinct files that these records hold. */
export async function countFiles(
  raw: (name: string) => mongo.Collection,
  collection: Collection,
  filter: Filter,
): Promise<number> {
  const fields = fileFields(collection);
  if (fields.length === 0) return 0;
  const keys = new Set<string>();
  const projection = Object.fromEntries(fields.map(({ path }) => [path, 1]));
  for await (const record of raw(collection.name).find(filter, { projection })) {
    for (const file of filesOf(collection, record)) keys.add(fileName(file));
  }
  return keys.size;
}
