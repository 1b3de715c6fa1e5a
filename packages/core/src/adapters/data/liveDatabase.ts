import type { mongo } from 'mongoose';
import type { LiveDatabase } from '../../engine/ports/liveDatabase.ts';
import { behind, type KeyCursor, onward } from './keyOrder.ts';
import { schemasOf } from './schemasOf.ts';

const PAGE = 1_000;

/** A text that is none is read as far as it goes: other drivers write too. */
const asStored = { enableUtf8Validation: false } as const;

/**
 * The host's MongoDB, with collections that nobody put into an inventory.
 * @param databaseOf the host's database; asked at each use, because a connection may open later.
 * @param models a connection, or whatever else holds Mongoose models; none where it holds none
 */
export function liveDatabase(databaseOf: () => mongo.Db, models: unknown): LiveDatabase {
  return {
    async collections() {
      const all = await databaseOf().listCollections({}, { nameOnly: true }).toArray();
      return all
        .filter(({ name, type }) => type !== 'view' && !name.startsWith('system.'))
        .map(({ name }) => name)
        .sort();
    },
    documents(name, newest) {
      const collection = databaseOf().collection(name);
      if (newest === undefined) return inPages(collection);
      return collection.find({}, asStored).sort({ _id: -1 }).limit(newest);
    },
    schemas: () => schemasOf(models),
  };
}

/** Page by page, since a cursor that is open for hours does not outlive a change of servers. */
async function* inPages(collection: mongo.Collection): AsyncGenerator<object> {
  let cursor: KeyCursor | undefined = { done: [] };
  while (cursor !== undefined) {
    const conditions = behind(cursor);
    const filter = (conditions.length === 0 ? {} : { $and: conditions }) as mongo.Filter<mongo.Document>;
    const keys: unknown[] = [];
    for await (const document of collection.find(filter, asStored).sort({ _id: 1 }).limit(PAGE)) {
      keys.push(document._id);
      yield document;
    }
    cursor = onward(cursor, keys, PAGE);
  }
}
