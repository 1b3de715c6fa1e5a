import type { mongo } from 'mongoose';
import {
  type CollectionName,
  type Condition,
  collections,
  type RecordStore,
  type Records,
  type Where,
} from '../../engine/ports/recordStore.ts';
import type { Stored } from '../../engine/stored.ts';
import { conflict } from './memoryRecords.ts';

type Document = Stored & mongo.Document;

const DUPLICATE_KEY = 11000;

/**
 * Kept's documents in MongoDB, in collections named `kept_*`. Every step is one single-document write, so that a
 * standalone, a replica set and a sharded cluster serve alike.
 * @param databaseOf the host's database; asked at each use, because a connection may open later.
 */
export function mongoRecords(databaseOf: () => mongo.Db): RecordStore {
  const raw = (name: CollectionName): mongo.Collection<Document> =>
    databaseOf().collection<Document>(`kept_${name}`, { promoteBuffers: true, ignoreUndefined: true });
  return {
    collection<T extends Stored>(name: CollectionName): Records<T> {
      return mongoCollection(name, () => raw(name)) as unknown as Records<T>;
    },
    async prepare() {
      for (const [name, { unique, index }] of Object.entries(collections)) {
        const indexes = [
          ...unique.map((fields) => ({ key: keyOf(fields), unique: true })),
          ...[...index, ['pending.id']].map((fields) =>
            fields[0] === 'pending.id' ? { key: keyOf(fields), sparse: true } : { key: keyOf(fields) },
          ),
        ];
        await raw(name as CollectionName).createIndexes(indexes);
      }
    },
  };
}

function keyOf(fields: readonly string[]): Record<string, 1> {
  return Object.fromEntries(fields.map((field) => [field, 1]));
}

function mongoCollection(name: CollectionName, raw: () => mongo.Collection<Document>): Records<Document> {
  return {
    async insert(document) {
      return (await this.insertMany([document])) === 1;
    },
    async insertMany(documents) {
      if (documents.length === 0) return 0;
      try {
        return (await raw().insertMany([...documents])).insertedCount;
      } catch (error) {
        if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error;
        return (error as { insertedCount?: number }).insertedCount ?? 0;
      }
    },
    async get(id) {
      return (
        ((await raw().findOne({ _id: { $eq: id } } as mongo.Filter<Document>)) as Document | undefined) ?? undefined
      );
    },
    async find(where, options = {}) {
      let cursor = raw().find(filterOf(where));
      if (options.sort) cursor = cursor.sort({ ...options.sort });
      if (options.skip) cursor = cursor.skip(options.skip);
      if (options.limit) cursor = cursor.limit(options.limit);
      return (await cursor.toArray()) as Document[];
    },
    async count(where) {
      return raw().countDocuments(filterOf(where));
    },
    async replace(document) {
      const { _id, ...rest } = document;
      const next = { ...rest, version: document.version + 1 } as unknown as Document;
      const result = await raw().replaceOne({ _id, version: document.version } as mongo.Filter<Document>, next);
      if (result.matchedCount === 0) throw conflict(name, _id);
      return { ...next, _id } as Document;
    },
    async remove(where) {
      return (await raw().deleteMany(filterOf(where))).deletedCount;
    },
    async claim(where, holder, now, until) {
      const free = { $or: [{ lease: null }, { 'lease.until': { $lte: now } }, { 'lease.holder': holder }] };
      const claimed = await raw().findOneAndUpdate(
        { $and: [filterOf(where), free] } as mongo.Filter<Document>,
        { $set: { lease: { holder, until } }, $inc: { version: 1 } } as unknown as mongo.UpdateFilter<Document>,
        { returnDocument: 'after' },
      );
      return (claimed as Document | null) ?? undefined;
    },
    async settle(id, eventIds) {
      await raw().updateOne(
        { _id: id } as mongo.Filter<Document>,
        {
          $pull: { pending: { id: { $in: eventIds } } },
        } as unknown as mongo.UpdateFilter<Document>,
      );
    },
  };
}

function filterOf(where: Where): mongo.Filter<Document> {
  return Object.fromEntries(Object.entries(where).map(([field, condition]) => [field, operatorOf(condition)]));
}

function operatorOf(condition: Condition): unknown {
  if (typeof condition !== 'object' || condition === null) return { $eq: condition };
  if ('in' in condition) return { $in: condition.in };
  if ('not' in condition) return { $ne: condition.not };
  if ('exists' in condition) return condition.exists ? { $ne: null } : { $eq: null };
  if ('before' in condition) return { $lt: condition.before };
  if ('upTo' in condition) return { $lte: condition.upTo };
  return { $gt: condition.after };
}
