import type { mongo } from 'mongoose';
import { fileName } from '../../engine/fileName.ts';
import type {
  DueOptions,
  Identifiers,
  PersonalDataSource,
  SourceRecord,
} from '../../engine/ports/personalDataSource.ts';
import type { Found, Hold } from '../../kernel/decision.ts';
import type { Collection } from '../../kernel/policy/inventory.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import { retentionFilter } from '../../kernel/retention/retentionFilter.ts';
import { addressesAt, addressForms } from './addresses.ts';
import { countFiles, newestAnchor } from './counting.ts';
import { fileFields, filesOf } from './fileRefs.ts';
import { collectionNamed, keyForms, keyText, queryPath, subjectCollection, subjectFilter } from './subjectFilter.ts';

type Filter = mongo.Filter<mongo.Document>;

const anyCase = { locale: 'en', strength: 2 };

/** The host's MongoDB as a source of personal data, by the inventory of the policy. */
export function mongoData(databaseOf: () => mongo.Db, policy: Policy): PersonalDataSource {
  const { inventory } = policy;
  const raw = (name: string): mongo.Collection => databaseOf().collection(name);
  const named = (name: string): Collection => collectionNamed(inventory, name);
  const subjects = subjectCollection(inventory);

  const keysOf = async (name: string, filter: Filter): Promise<unknown[]> =>
    (
      await raw(name)
        .find(filter, { projection: { _id: 1 } })
        .toArray()
    ).map((each) => each._id);
  const ofSubject = (collection: Collection, keys: readonly string[]): Promise<Filter> =>
    subjectFilter(inventory, collection, keys, keysOf);

  const projection = (collection: Collection): mongo.Document =>
    Object.fromEntries(
      ['_id', ...keyField(collection), ...fileFields(collection).map(({ path }) => path)].map((path) => [path, 1]),
    );
  const read = async (collection: Collection, filter: Filter, limit: number): Promise<SourceRecord[]> =>
    (
      await raw(collection.name)
        .find(filter, { projection: projection(collection) })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray()
    ).map((each) => {
      const [key] = keyField(collection);
      return { id: each._id, files: filesOf(collection, each), ...(key && { subject: keyText(each[key]) }) };
    });
  /** Keys of records on the way to others: those that stand there now, and those that were captured before they went. */
  const knownKeys =
    (captured: Identifiers['keys']) =>
    async (name: string, filter: Filter): Promise<unknown[]> => [
      ...(await keysOf(name, filter)),
      ...(captured[name] ?? []).flatMap(keyForms),
    ];

  /** Due by the rule, and nobody's who is held. Null: nothing of the collection is ever due. */
  const dueFilter = async (
    name: string,
    now: Date,
    aheadMs: number,
    holds: readonly Hold[],
  ): Promise<Filter | null> => {
    const due = retentionFilter(policy, name, now, { aheadMs }) as Filter | null;
    if (!due) return null;
    const standing = holds.filter(
      (hold) => (!hold.collection || hold.collection === name) && (!hold.until || hold.until > now),
    );
    if (standing.some((hold) => !hold.subject)) return null;
    const held = standing.flatMap((hold) => (hold.subject ? [hold.subject] : []));
    return held.length === 0 ? due : { $and: [due, { $nor: [await ofSubject(named(name), held)] }] };
  };

  return {
    kind: 'mongo',

    async subjectsAt(address) {
      const wanted = address.trim().toLowerCase();
      const paths = subjects.subject.addresses.map(queryPath);
      const filter = { $or: paths.map((path) => ({ [path]: { $in: addressForms(address) } })) };
      const projection = Object.fromEntries([subjects.subject.key, ...paths].map((path) => [path, 1]));
      // Hosts keep addresses as typed, and two accounts may differ in nothing but case. An index with this collation serves.
      const found = await raw(subjects.name).find(filter, { projection, collation: anyCase }).toArray();
      // A collation takes more for equal than case, such as wide letters: those are other people.
      return found
        .filter((each) => paths.some((path) => addressesAt(each, path).includes(wanted)))
        .map((each) => keyText(each[subjects.subject.key]));
    },

    async addressesOf(subject) {
      const record = await raw(subjects.name).findOne({ [subjects.subject.key]: { $in: keyForms(subject) } });
      if (!record) return [];
      return [...new Set(subjects.subject.addresses.flatMap((path) => addressesAt(record, queryPath(path))))];
    },

    async exists(subject) {
      return (
        (await raw(subjects.name).countDocuments(
          { [subjects.subject.key]: { $in: keyForms(subject) } },
          { limit: 1 },
        )) > 0
      );
    },

    async survey(subject) {
      const found: Found[] = [];
      for (const collection of inventory.collections) {
        const filter = await ofSubject(collection, [subject]);
        const count = await raw(collection.name).countDocuments(filter);
        const newest = await newestAnchor(policy, raw, collection, filter);
        found.push({
          collection: collection.name,
          count,
          files: await countFiles(raw, collection, filter),
          ...(newest && { newest }),
        });
      }
      return found;
    },

    async recordsOf(subject, name, limit, captured) {
      const filter = captured
        ? await subjectFilter(inventory, named(name), [subject], knownKeys(captured.keys))
        : await ofSubject(named(name), [subject]);
      return read(named(name), filter, limit);
    },

    async dueRecords(name, now, { aheadMs, holds, limit }: DueOptions) {
      const filter = await dueFilter(name, now, aheadMs, holds);
      return filter ? read(named(name), filter, limit) : [];
    },

    async countDue(name, now, { aheadMs, holds }) {
      const filter = await dueFilter(name, now, aheadMs, holds);
      return filter ? raw(name).countDocuments(filter) : 0;
    },

    async count(name) {
      return raw(name).countDocuments({});
    },

    async remove(name, ids, stillDue) {
      const { lineage } = named(name);
      const these = { _id: { $in: ids as mongo.ObjectId[] } };
      const due = stillDue ? await dueFilter(name, stillDue.now, stillDue.aheadMs, stillDue.holds) : {};
      const removed = due ? (await raw(name).deleteMany({ $and: [these, due] })).deletedCount : 0;

      // Only where some are not accounted for is it asked which of them are left, and which were gone before.
      const left = removed === ids.length ? [] : (await raw(name).distinct('_id', these)).map(keyText);
      const gone = ids.filter((id) => !left.includes(keyText(id)));
      if (lineage) await unlink(raw(name), lineage.parent, gone);
      return gone.length;
    },

    async detach(name, ids) {
      const { subject } = named(name);
      if (subject.by !== 'reference') throw new RangeError(`${name} has no reference to take out`);
      const field = queryPath(subject.field);
      const these = { _id: { $in: ids as mongo.ObjectId[] } };
      await raw(name).updateMany(these, { $unset: { [field]: '' } });
      return raw(name).countDocuments({ ...these, [field]: null });
    },

    async stillReferenced(files) {
      const held = new Set<string>();
      for (const collection of inventory.collections) {
        const marks = fileFields(collection).map(({ path, store }) => ({
          [path]: { $in: files.filter((file) => file.store === store).map(({ key }) => key) },
        }));
        if (marks.length === 0 || files.length === 0) continue;
        for await (const record of raw(collection.name).find({ $or: marks }, { projection: projection(collection) })) {
          for (const file of filesOf(collection, record)) held.add(fileName(file));
        }
      }
      return files.filter((file) => held.has(fileName(file)));
    },

    async identify(subject) {
      const keys: Record<string, string[]> = {};
      for (const { subject: path } of inventory.collections) {
        if (path.by !== 'through') continue;
        const ids = await keysOf(path.collection, await ofSubject(named(path.collection), [subject]));
        keys[path.collection] = ids.map(keyText);
      }
      return { subject, addresses: await this.addressesOf(subject), keys };
    },

    async residue({ subject, addresses, keys }) {
      const found: Found[] = [];
      for (const collection of inventory.collections) {
        const marks: Filter[] = [await subjectFilter(inventory, collection, [subject], knownKeys(keys))];
        const texts = addresses.flatMap(addressForms);
        for (const { path } of collection.fields)
          if (texts.length > 0) marks.push({ [queryPath(path)]: { $in: texts } });
        const count = await raw(collection.name).countDocuments({ $or: marks }, { collation: anyCase });
        if (count > 0) found.push({ collection: collection.name, count, files: 0 });
      }
      return found;
    },
  };
}

/** Remixes of what goes stay, without the link to it. */
async function unlink(collection: mongo.Collection, parent: string, gone: readonly unknown[]): Promise<void> {
  await collection.updateMany({ [parent]: { $in: gone as mongo.ObjectId[] } }, { $unset: { [parent]: '' } });
}

function keyField({ subject }: Collection): string[] {
  return subject.by === 'self' ? [subject.key] : [];
}
