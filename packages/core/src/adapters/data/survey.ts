import type { mongo } from 'mongoose';
import { fileName } from '../../engine/fileName.ts';
import type { Found } from '../../kernel/decision.ts';
import type { Collection } from '../../kernel/policy/inventory.ts';
import { elementsOf } from './elements.ts';
import { fileFields, filesOf } from './fileRefs.ts';
import type { HostDatabase } from './hostDatabase.ts';
import { type OthersOn, othersOn } from './othersOn.ts';
import { projectionOf } from './projectionOf.ts';
import { holding, type LeadingValues, leadingPath } from './subjectFilter.ts';
import { ownPart } from './units.ts';
import { dateAt } from './valuesAt.ts';
import { ways } from './ways.ts';

type Filter = mongo.Filter<mongo.Document>;

/** Counts what is there of the subject, collection by collection. */
export async function survey(host: HostDatabase, subject: string): Promise<Found[]> {
  const all: Found[] = [];
  const others: OthersOn[] = [];
  for (const collection of host.policy.inventory.collections) {
    const found = { collection: collection.name, count: 0, files: 0 };
    let newest: Newest = {};
    for await (const values of ways(host, collection.subject, subject)) {
      const filter = holding(collection, values);
      found.count += await host.raw(collection.name).countDocuments(filter);
      found.files += await countFiles(host, collection, values);
      newest = later(newest, await newestAnchors(host, collection, filter));
    }
    all.push({ ...found, ...newest });
    others.push(...(await othersOn(host, collection, subject)));
  }
  const countOf = (name: string, goes: boolean): number =>
    others.reduce((sum, each) => sum + (each.collection === name && each.goes === goes ? each.count : 0), 0);
  return all.map((found) => {
    const [othersWorks, othersAlong] = [countOf(found.collection, false), countOf(found.collection, true)];
    return { ...found, ...(othersWorks > 0 && { othersWorks }), ...(othersAlong > 0 && { othersAlong }) };
  });
}

type Newest = Pick<Found, 'newest' | 'newestOtherwise'>;

function later(one: Newest, other: Newest): Newest {
  const last = (a: Date | undefined, b: Date | undefined): Date | undefined => (a && b ? (a > b ? a : b) : (a ?? b));
  const newest = last(one.newest, other.newest);
  const newestOtherwise = last(one.newestOtherwise, other.newestOtherwise);
  return { ...(newest && { newest }), ...(newestOtherwise && { newestOtherwise }) };
}

/** The youngest anchors of the rule that governs the collection, among these records. */
async function newestAnchors({ policy, raw }: HostDatabase, collection: Collection, filter: Filter): Promise<Newest> {
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

/** Distinct files that the person holds in these records. The database counts those of whole records: they may be very many. */
async function countFiles(host: HostDatabase, collection: Collection, values: LeadingValues): Promise<number> {
  const fields = fileFields(collection);
  if (fields.length === 0) return 0;
  const records = host.raw(collection.name);
  const filter = holding(collection, values);
  if (elementsOf(collection) === undefined) {
    const held = fields.map(({ path, store }) => ({ store, key: { $ifNull: [`$${path}`, []] } }));
    const deepest = Math.max(...collection.fields.map(({ path }) => path.split('[]').length - 1));
    const [sum] = await records
      .aggregate(
        [
          { $match: filter },
          { $project: { _id: 0, held } },
          { $unwind: '$held' },
          ...Array.from({ length: Math.max(1, deepest) }, () => ({ $unwind: '$held.key' })),
          { $match: { 'held.key': { $type: 'string', $ne: '' } } },
          { $group: { _id: '$held' } },
          { $count: 'files' },
        ],
        { allowDiskUse: true },
      )
      .toArray();
    return Number(sum?.files ?? 0);
  }

  const keys = new Set<string>();
  const projection = projectionOf([...fields.map(({ path }) => path), leadingPath(collection)]);
  for await (const record of records.find(filter, { projection }).batchSize(1_000)) {
    for (const file of filesOf(collection, ownPart(collection, record, values).own)) keys.add(fileName(file));
  }
  return keys.size;
}
