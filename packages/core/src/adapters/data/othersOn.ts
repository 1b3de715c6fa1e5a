import type { mongo } from 'mongoose';
import { goesAlong } from '../../kernel/erasure/goesAlong.ts';
import type { Collection } from '../../kernel/policy/inventory.ts';
import type { HostDatabase } from './hostDatabase.ts';
import { ofKind, queryPath } from './subjectFilter.ts';

type Filter = mongo.Filter<mongo.Document>;

/** Records of others that hang on the person's: remixes, which stay, or what they wrote about them, which goes along. */
export interface OthersOn {
  readonly collection: string;
  readonly goes: boolean;
  readonly count: number;
}

/** Keys that one question to the database names. */
const AT_ONCE = 5_000;

/** Counts what others have on the person's records of a collection. */
export async function othersOn(host: HostDatabase, collection: Collection, subject: string): Promise<OthersOn[]> {
  const { policy, raw, ofSubject } = host;
  const { lineage, name } = collection;
  const links = [
    ...(lineage ? [{ of: collection, field: lineage.parent, goes: false }] : []),
    ...policy.inventory.collections.flatMap((of) =>
      of.about && goesAlong(policy, of, name) ? [{ of, field: of.about.field, goes: true }] : [],
    ),
  ];
  if (links.length === 0) return [];
  const own = await ofSubject(collection, [subject]);

  return Promise.all(
    links.map(async ({ of, field, goes }): Promise<OthersOn> => {
      const theirs = of === collection ? own : await ofSubject(of, [subject]);
      let count = 0;
      for await (const keys of keysIn(raw(name), own)) {
        const ofThese = ofKind(of, { [queryPath(field)]: { $in: keys } });
        count += await raw(of.name).countDocuments({ $and: [ofThese, { $nor: [theirs] }] } as Filter);
      }
      return { collection: of.name, goes, count };
    }),
  );
}

async function* keysIn(records: mongo.Collection, filter: Filter): AsyncGenerator<mongo.ObjectId[]> {
  let keys: mongo.ObjectId[] = [];
  for await (const { _id } of records.find(filter, { projection: { _id: 1 } }).batchSize(AT_ONCE)) {
    if (keys.push(_id) < AT_ONCE) continue;
    yield keys;
    keys = [];
  }
  if (keys.length > 0) yield keys;
}
