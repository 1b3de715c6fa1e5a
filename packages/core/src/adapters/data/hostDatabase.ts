import type { mongo } from 'mongoose';
import type { Account, Collection } from '../../kernel/policy/inventory.ts';
import { addressOfSubject } from '../../kernel/policy/personWithoutAccount.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import { storedName } from '../../kernel/policy/storedCollection.ts';
import { accountAddresses, addressPaths, typedAddresses } from './accountAddresses.ts';
import { keyForms } from './keyForms.ts';
import {
  collectionNamed,
  holding,
  type Known,
  type LeadingValues,
  leadingValues,
  ofKind,
  subjectCollection,
} from './subjectFilter.ts';

type Filter = mongo.Filter<mongo.Document>;

/** The host's database with the policy in force, as the parts of `mongoData` use it. */
export interface HostDatabase {
  readonly policy: Policy;
  readonly database: mongo.Db;
  /** The stored collection, by its name in the inventory. */
  raw(name: string): mongo.Collection;
  named(name: string): Collection;
  readonly known: Known;
  /** Addresses that stand in somebody's account, verified or not. */
  typedBy(subject: string): Promise<string[]>;
  /** What leads to these subjects in a collection, all at once; `ways` goes part by part, where it may be very much. */
  leading(collection: Pick<Collection, 'subject'>, subjects: readonly string[]): Promise<LeadingValues>;
  /** All records of these subjects in a collection. */
  ofSubject(collection: Collection, subjects: readonly string[]): Promise<Filter>;
}

export function hostDatabase(databaseOf: () => mongo.Db, policyOf: () => Policy): HostDatabase {
  const named = (name: string): Collection => collectionNamed(policyOf().inventory, name);
  const raw = (name: string): mongo.Collection => databaseOf().collection(storedName(named(name)));
  const addressesBy = async (
    read: (account: Account, record: unknown) => string[],
    subjects: readonly string[],
  ): Promise<string[]> => {
    const { inventory } = policyOf();
    if (!inventory.collections.some(({ subject }) => subject.by === 'self')) return [];
    const accounts = subjectCollection(inventory);
    const { key, addresses } = accounts.subject;
    const withAccount = subjects.filter((subject) => addressOfSubject(subject) === undefined);
    if (addresses.length === 0 || withAccount.length === 0) return [];
    const these = ofKind(accounts, { [key]: { $in: withAccount.flatMap(keyForms) } });
    const projection = Object.fromEntries(addressPaths(accounts.subject).map((path) => [path, 1]));
    const records = await raw(accounts.name).find(these, { projection }).toArray();
    return [...new Set(records.flatMap((each) => read(accounts.subject, each)))];
  };
  const known: Known = {
    async keysOf(name, filter) {
      const found = raw(name).find(filter, { projection: { _id: 1 } });
      return (await found.toArray()).map((each) => each._id);
    },
    addressesOf: (subjects) => addressesBy(accountAddresses, subjects),
  };
  const leading: HostDatabase['leading'] = (collection, subjects) =>
    leadingValues(policyOf().inventory, collection.subject, subjects, known);

  return {
    get policy() {
      return policyOf();
    },
    get database() {
      return databaseOf();
    },
    raw,
    named,
    known,
    typedBy: (subject) => addressesBy(typedAddresses, [subject]),
    leading,
    ofSubject: async (collection, subjects) => holding(collection, await leading(collection, subjects)),
  };
}
