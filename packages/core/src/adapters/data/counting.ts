import type { mongo } from 'mongoose';
import { fileName } from '../../engine/fileName.ts';
import type { Collection } from '../../kernel/policy/inventory.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import { fileFields, filesOf } from './fileRefs.ts';

type Filter = mongo.Filter<mongo.Document>;

/** The youngest anchor of the rule that governs the collection, among these records. */
export async function newestAnchor(
  policy: Policy,
  raw: (name: string) => mongo.Collection,
  collection: Collection,
  filter: Filter,
): Promise<Date | undefined> {
  const rule = policy.retention.find((each) => each.id === collection.retention);
  const field = rule && collection.anchors[rule.since];
  if (!field) return undefined;
  const [newest] = await raw(collection.name)
    .find(filter, { projection: { [field]: 1 } })
    .sort({ [field]: -1 })
    .limit(1)
    .toArray();
  const value = newest?.[field];
  return value && typeof value.getTime === 'function' ? value : undefined;
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
