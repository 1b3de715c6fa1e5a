import type { mongo } from 'mongoose';
import type { StillDue } from '../../engine/ports/personalDataSource.ts';
import type { Redaction } from '../../kernel/policy/inventory.ts';
import { dueFilter } from './dueFilter.ts';
import type { HostDatabase } from './hostDatabase.ts';
import { queryPath } from './subjectFilter.ts';

type Filter = mongo.Filter<mongo.Document>;

/** Ends all that is due in one write; with `limit`, about so many: ties at the last of them go with it. */
export async function endDue(
  host: HostDatabase,
  name: string,
  { limit, ...due }: StillDue & { readonly limit?: number },
): Promise<number> {
  const filter = await dueFilter(host, name, due);
  if (!filter) return 0;
  const records = host.raw(name);
  const these = limit === undefined ? filter : await upTo(records, filter, limit, orderOf(host, name, due.redaction));
  if (due.redaction) return (await records.updateMany(these, without(due.redaction))).modifiedCount;
  return (await records.deleteMany(these)).deletedCount;
}

async function upTo(records: mongo.Collection, filter: Filter, limit: number, field: string): Promise<Filter> {
  const inOrder = records.find(filter, { projection: { [field]: 1 } }).sort({ [field]: 1 });
  const [last] = await inOrder
    .skip(limit - 1)
    .limit(1)
    .toArray();
  return last ? ({ $and: [filter, { [field]: { $lte: last[field] } }] } as Filter) : filter;
}

/** Takes fields out; as a pipeline, since that reaches into the elements of arrays, also where a record has none. */
export function without({ fields }: Redaction): mongo.Document[] {
  return [{ $unset: fields.map(queryPath) }];
}

/** The date that an index serves; the key where some records have no such date. */
function orderOf({ policy, named }: HostDatabase, name: string, redaction?: Redaction): string {
  const collection = named(name);
  const rule = policy.retention.find(({ id }) => id === (redaction?.rule ?? collection.retention));
  const since = rule && rule.otherwise === undefined ? collection.anchors[rule.since] : undefined;
  return since === undefined || since.includes('.') ? '_id' : since;
}
