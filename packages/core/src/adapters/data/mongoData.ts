import type { mongo } from 'mongoose';
import { fileName } from '../../engine/fileName.ts';
import type { Identifiers, PersonalDataSource, SourceRecord } from '../../engine/ports/personalDataSource.ts';
import type { Found } from '../../kernel/decision.ts';
import type { Collection, Inventory, Redaction } from '../../kernel/policy/inventory.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import { stillThere } from '../../kernel/retention/redactionFilter.ts';
import { addressesAt, addressForms } from './addresses.ts';
import { candidates, factsOf } from './candidates.ts';
import { countFiles, newestAnchors } from './counting.ts';
import { dueFilter } from './dueFilter.ts';
import { endDue, without } from './endDue.ts';
import { exportOf } from './exportOf.ts';
import { fileFields, filesOf } from './fileRefs.ts';
import { hostDatabase } from './hostDatabase.ts';
import { ownValues } from './ownValues.ts';
import { peopleBy } from './peopleBy.ts';
import { profilesOf } from './profiles.ts';
import { keyForms, keyText, queryPath, subjectCollection, subjectFilter } from './subjectFilter.ts';
import { subjectPage } from './subjectPages.ts';

type Filter = mongo.Filter<mongo.Document>;

const anyCase = { locale: 'en', strength: 2 };

/**
 * The host's MongoDB as a source of personal data, by the inventory of the policy in force.
 * @param databaseOf the host's database; asked at each use, because a connection may open later.
 */
export function mongoData(databaseOf: () => mongo.Db, policyOf: () => Policy): PersonalDataSource {
  const host = hostDatabase(databaseOf, policyOf);
  const { raw, named, keysOf, ofSubject } = host;
  const inventoryOf = (): Inventory => policyOf().inventory;

  const projection = (collection: Collection, redaction?: Redaction): mongo.Document =>
    Object.fromEntries(
      ['_id', ...keyField(collection), ...fileFields(collection, redaction).map(({ path }) => path)].map((path) => [
        path,
        1,
      ]),
    );
  const found = (collection: Collection, record: mongo.Document, redaction?: Redaction): SourceRecord => {
    const [key] = keyField(collection);
    const files = filesOf(collection, record, redaction);
    return { id: record._id, files, ...(key && { subject: keyText(record[key]) }) };
  };
  /** Keys of records on the way to others: those that stand there now, and those that were captured before they went. */
  const knownKeys =
    (captured: Identifiers['keys']) =>
    async (name: string, filter: Filter): Promise<unknown[]> => [
      ...(await keysOf(name, filter)),
      ...(captured[name] ?? []).flatMap(keyForms),
    ];

  return {
    kind: 'mongo',

    async subjectsAt(address) {
      const subjects = subjectCollection(inventoryOf());
      const wanted = address.trim().toLowerCase();
      const paths = subjects.subject.addresses.map(queryPath);
      const filter = { $or: paths.map((path) => ({ [path]: { $in: addressForms(address) } })) };
      const projection = Object.fromEntries([subjects.subject.key, ...paths].map((path) => [path, 1]));
      // Hosts keep addresses as typed, and two accounts may differ in nothing but case. An index with this collation serves.
      const alike = await raw(subjects.name).find(filter, { projection, collation: anyCase }).toArray();
      // A collation takes more for equal than case, such as wide letters: those are other people.
      return alike
        .filter((each) => paths.some((path) => addressesAt(each, path).includes(wanted)))
        .map((each) => keyText(each[subjects.subject.key]));
    },

    async addressesOf(subject) {
      const subjects = subjectCollection(inventoryOf());
      const record = await raw(subjects.name).findOne({ [subjects.subject.key]: { $in: keyForms(subject) } });
      if (!record) return [];
      return [...new Set(subjects.subject.addresses.flatMap((path) => addressesAt(record, queryPath(path))))];
    },

    async exists(subject) {
      const { name, subject: path } = subjectCollection(inventoryOf());
      return (await raw(name).countDocuments({ [path.key]: { $in: keyForms(subject) } }, { limit: 1 })) > 0;
    },

    subjects: (limit, after) => subjectPage(host, limit, after),

    async survey(subject) {
      const all: Found[] = [];
      for (const collection of inventoryOf().collections) {
        const filter = await ofSubject(collection, [subject]);
        all.push({
          collection: collection.name,
          count: await raw(collection.name).countDocuments(filter),
          files: await countFiles(raw, collection, filter),
          ...(await newestAnchors(policyOf(), raw, collection, filter)),
        });
      }
      return all;
    },

    async recordsOf(subject, name, limit, captured) {
      const collection = named(name);
      const filter = captured
        ? await subjectFilter(inventoryOf(), collection, [subject], knownKeys(captured.keys))
        : await ofSubject(collection, [subject]);
      const records = raw(name)
        .find(filter, { projection: projection(collection) })
        .sort({ _id: 1 })
        .limit(limit)
        .batchSize(limit);
      return (await records.toArray()).map((each) => found(collection, each));
    },

    async dueRecords(name, { limit, ...due }) {
      const filter = await dueFilter(host, name, due);
      if (!filter) return [];
      const collection = named(name);
      const records = raw(name)
        .find(filter, { projection: projection(collection, due.redaction) })
        .limit(limit)
        .batchSize(limit);
      return (await records.toArray()).map((each) => found(collection, each, due.redaction));
    },

    async countDue(name, due) {
      const filter = await dueFilter(host, name, due);
      return filter ? raw(name).countDocuments(filter) : 0;
    },

    candidates: (name, due, after) => candidates(host, name, due, after),
    factsOf: (name, ids, redaction) => factsOf(host, name, ids, redaction),
    recordsNamed: (name, keys) => factsOf(host, name, keys.flatMap(keyForms)),
    async bytesOf(name, ids) {
      const these = { _id: { $in: ids as mongo.ObjectId[] } };
      const size = { $group: { _id: null, bytes: { $sum: { $bsonSize: '$$ROOT' } } } };
      const [sum] = await raw(name)
        .aggregate([{ $match: these }, size])
        .toArray();
      return Number(sum?.bytes ?? 0);
    },

    profilesOf: (subjects) => profilesOf(host, subjects),
    ownValues: (subject) => ownValues(host, subject),

    exportOf: (subject, name, paths, limit, after) => exportOf(host, subject, name, paths, limit, after),

    endDue: (name, due) => endDue(host, name, due),

    async count(name, limit) {
      return raw(name).countDocuments({}, limit === undefined ? {} : { limit });
    },

    async remove(name, ids, stillDue) {
      const { lineage } = named(name);
      const these = { _id: { $in: ids as mongo.ObjectId[] } };
      const due = stillDue ? await dueFilter(host, name, stillDue) : {};
      const removed = due ? (await raw(name).deleteMany({ $and: [these, due] })).deletedCount : 0;

      // Only where some are not accounted for is it asked which of them are left, and which were gone before.
      const left = removed === ids.length ? [] : (await raw(name).distinct('_id', these)).map(keyText);
      const gone = ids.filter((id) => !left.includes(keyText(id)));
      if (lineage) await unlink(raw(name), lineage.parent, gone);
      return gone.length;
    },

    async redact(name, ids, redaction, stillDue) {
      const these = { _id: { $in: ids as mongo.ObjectId[] } };
      const due = stillDue ? await dueFilter(host, name, { ...stillDue, redaction }) : {};
      if (due) await raw(name).updateMany({ $and: [these, due] }, without(redaction));
      return ids.length - (await raw(name).countDocuments({ $and: [these, stillThere(redaction) as Filter] }));
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
      for (const collection of inventoryOf().collections) {
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
      for (const { subject: path } of inventoryOf().collections) {
        if (path.by !== 'through') continue;
        const ids = await keysOf(path.collection, await ofSubject(named(path.collection), [subject]));
        keys[path.collection] = ids.map(keyText);
      }
      return { subject, addresses: await this.addressesOf(subject), keys };
    },

    async residue({ subject, addresses, keys }) {
      const left: Found[] = [];
      for (const collection of inventoryOf().collections) {
        const marks: Filter[] = [await subjectFilter(inventoryOf(), collection, [subject], knownKeys(keys))];
        const texts = addresses.flatMap(addressForms);
        for (const { path } of collection.fields)
          if (texts.length > 0) marks.push({ [queryPath(path)]: { $in: texts } });
        const count = await raw(collection.name).countDocuments({ $or: marks }, { collation: anyCase });
        if (count > 0) left.push({ collection: collection.name, count, files: 0 });
      }
      return left;
    },

    peopleBy: (name, records) => peopleBy(host, name, records),
  };
}

/** Remixes of what goes stay, without the link to it. */
async function unlink(collection: mongo.Collection, parent: string, gone: readonly unknown[]): Promise<void> {
  await collection.updateMany({ [parent]: { $in: gone as mongo.ObjectId[] } }, { $unset: { [parent]: '' } });
}

function keyField({ subject }: Collection): string[] {
  return subject.by === 'self' ? [subject.key] : [];
}
