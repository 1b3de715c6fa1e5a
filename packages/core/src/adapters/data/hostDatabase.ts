import type { mongo } from 'mongoose';
import type { Collection } from '../../kernel/policy/inventory.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import { collectionNamed, type KeysOf, subjectFilter } from './subjectFilter.ts';

type Filter = mongo.Filter<mongo.Document>;

/** The host's database with the policy in force, as the parts of `mongoData` use it. */
export interface HostDatabase {
  readonly policy: Policy;
  raw(name: string): mongo.Collection;
  named(name: string): Collection;
  readonly keysOf: KeysOf;
  /** All records of these subjects in a collection. */
  ofSubject(collection: Collection, subjects: readonly string[]): Promise<Filter>;
}

export function hostDatabase(databaseOf: () => mongo.Db, policyOf: () => Policy): HostDatabase {
  const raw = (name: string): mongo.Collection => databaseOf().collection(name);
  const keysOf: KeysOf = async (name, filter) =>
    (
      await raw(name)
        .find(filter, { projection: { _id: 1 } })
        .toArray()
    ).map((each) => each._id);
  return {
    get policy() {
      return policyOf();
    },
    raw,
    named: (name) => collectionNamed(policyOf().inventory, name),
    keysOf,
    ofSubject: (collection, subjects) => subjectFilter(policyOf().inventory, collection, subjects, keysOf),
  };
}
