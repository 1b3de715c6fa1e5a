import { expect } from '@jest/globals';
import mongoose from 'mongoose';
import { mongoData } from '../../packages/core/src/adapters/data/mongoData.ts';
import type { PersonalDataSource } from '../../packages/core/src/engine/ports/personalDataSource.ts';
import { type House, house } from './house.ts';
import { shaped } from './shapes.ts';

type Fields = Record<string, unknown>;

/** A host that keeps data in many shapes, with two people, and short ways to ask for theirs. */
export interface ShapedHouse extends House {
  readonly source: PersonalDataSource;
  /** Empties everything; answers two people with an account. */
  begin(): Promise<{ ann: string; bo: string }>;
  put(name: string, ...records: Fields[]): Promise<unknown[]>;
  all(name: string): Promise<Fields[]>;
  /** All named fields of a person's records. */
  fieldsOf(subject: string, name: string): Promise<unknown[]>;
  /** Ends all that there is of a person in a collection, twice, and answers of how many records. */
  end(subject: string, name: string): Promise<number>;
}

/** The key of a person as the database has it. */
export const keyOf = (subject: string): mongoose.mongo.ObjectId => new mongoose.mongo.ObjectId(subject);

export async function shapedHouse(): Promise<ShapedHouse> {
  const the = await house();
  const source = mongoData(
    () => the.db,
    () => shaped,
  );
  return {
    ...the,
    source,
    async begin() {
      for (const { name } of await the.db.listCollections().toArray()) await the.db.collection(name).deleteMany({});
      return { ann: await the.user({ email: 'Ann@Example.org' }), bo: await the.user({ email: 'bo@example.org' }) };
    },
    async put(name, ...records) {
      const { insertedIds } = await the.db.collection(name).insertMany(records.map((each) => ({ ...each })));
      return Object.values(insertedIds);
    },
    all: async (name) =>
      (await the.db.collection(name).find({}).sort({ _id: 1 }).toArray()).map(({ _id, ...rest }) => rest),
    async fieldsOf(subject, name) {
      const named = shaped.inventory.collections.find((each) => each.name === name);
      const paths = named?.fields.map(({ path }) => path) ?? [];
      return (await source.exportOf(subject, name, paths, 50)).records.map(({ fields }) => fields);
    },
    async end(subject, name) {
      const ids = (await source.recordsOf(subject, name, 50)).map((each) => each.id);
      const done = await source.remove(name, ids);
      expect(await source.recordsOf(subject, name, 50)).toEqual([]);
      expect(await source.remove(name, ids)).toBe(done);
      return done;
    },
  };
}
