import type { mongo } from 'mongoose';
import { fileName } from '../../engine/fileName.ts';
import type { PersonalDataSource, SourceRecord } from '../../engine/ports/personalDataSource.ts';
import type { Collection, Inventory, Redaction } from '../../kernel/policy/inventory.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import { candidates, factsOf } from './candidates.ts';
import { correctable } from './correctable.ts';
import { dueFilter, heldBy } from './dueFilter.ts';
import { elementsOf } from './elements.ts';
import { endDue } from './endDue.ts';
import { exportAbout, exportOf } from './exportOf.ts';
import { fileFields, filesOf } from './fileRefs.ts';
import { hostDatabase } from './hostDatabase.ts';
import { addressesOf, identify } from './identify.ts';
import { keyForms, keyText } from './keyForms.ts';
import { ownValues } from './ownValues.ts';
import { peopleBy } from './peopleBy.ts';
import { profilesOf } from './profiles.ts';
import { projectionOf } from './projectionOf.ts';
import { detach, redact, remove } from './removal.ts';
import { residue } from './residue.ts';
import { holding, leadingPath, ofKind, queryPath } from './subjectFilter.ts';
import { subjectPage } from './subjectPages.ts';
import { exists, subjectsAt } from './subjectsAt.ts';
import { survey } from './survey.ts';
import { ownPart } from './units.ts';
import { ways } from './ways.ts';

/** Records that come at once where a question names no limit; without, a database sends 16 MB of them. */
const PAGE = 1_000;

/**
 * The host's MongoDB as a source of personal data, by the inventory of the policy in force.
 * @param databaseOf the host's database; asked at each use, because a connection may open later.
 */
export function mongoData(databaseOf: () => mongo.Db, policyOf: () => Policy): PersonalDataSource {
  const host = hostDatabase(databaseOf, policyOf);
  const { raw, named } = host;
  const inventoryOf = (): Inventory => policyOf().inventory;

  const projection = (collection: Collection, redaction?: Redaction): mongo.Document =>
    projectionOf([
      ...keyField(collection),
      ...elementKey(collection),
      ...fileFields(collection, redaction).map(({ path }) => path),
    ]);
  const found = (collection: Collection, record: mongo.Document, redaction?: Redaction): SourceRecord => {
    const [key] = keyField(collection);
    const files = filesOf(collection, record, redaction);
    return { id: record._id, files, ...(key && { subject: keyText(record[key]) }) };
  };
  return {
    kind: 'mongo',
    ...correctable(host),

    subjectsAt: (address) => subjectsAt(host, address),
    addressesOf: (subject) => addressesOf(host, subject),
    exists: (subject) => exists(host, subject),

    subjects: (limit, after) => subjectPage(host, limit, after),

    survey: (subject) => survey(host, subject),

    async recordsOf(subject, name, limit, captured) {
      const collection = named(name);
      const all: SourceRecord[] = [];
      for await (const values of ways(host, collection.subject, subject, captured)) {
        const left = limit - all.length;
        // In no order: to sort them the database would read all of them for each part that is taken.
        const records = raw(name)
          .find(holding(collection, values), { projection: projection(collection) })
          .limit(left)
          .batchSize(left);
        for (const record of await records.toArray()) {
          const { id, own } = ownPart(collection, record, values);
          all.push({ ...found(collection, own), id });
        }
        if (all.length >= limit) break;
      }
      return all;
    },

    async recordsAbout(name, gone, { limit, ...free }) {
      const collection = named(name);
      const { about } = collection;
      const held = await heldBy(host, name, free);
      if (about === undefined || held === 'all' || gone.length === 0) return [];
      // From elsewhere keys come in their string form.
      const keys = gone.flatMap((key) => (typeof key === 'string' ? keyForms(key) : [key]));
      const these = ofKind(collection, { [queryPath(about.field)]: { $in: keys } });
      const records = raw(name)
        .find(held ? { $and: [these, { $nor: [held] }] } : these, { projection: projection(collection) })
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

    exportOf: (...wanted) => exportOf(host, ...wanted),
    exportAbout: (...wanted) => exportAbout(host, ...wanted),

    endDue: (name, due) => endDue(host, name, due),

    async count(name, limit) {
      return raw(name).countDocuments(ofKind(named(name), {}), limit === undefined ? {} : { limit });
    },

    remove: (name, ids, stillDue) => remove(host, name, ids, stillDue),
    redact: (name, ids, redaction, stillDue) => redact(host, name, ids, redaction, stillDue),
    detach: (name, ids) => detach(host, name, ids),

    async stillReferenced(files) {
      const held = new Set<string>();
      for (const collection of inventoryOf().collections) {
        // Field by field, each by its own index, and no more of what is known to be held.
        for (const { path, store } of fileFields(collection)) {
          const asked = files.filter((file) => file.store === store && !held.has(fileName(file)));
          if (asked.length === 0) continue;
          const holding = ofKind(collection, { [path]: { $in: asked.map(({ key }) => key) } });
          const records = raw(collection.name).find(holding, { projection: projection(collection) });
          for await (const record of records.batchSize(PAGE)) {
            for (const file of filesOf(collection, record)) held.add(fileName(file));
          }
        }
      }
      return files.filter((file) => held.has(fileName(file)));
    },

    identify: (subject) => identify(host, subject),
    residue: (identifiers, look) => residue(host, identifiers, look),

    peopleBy: (name, records) => peopleBy(host, name, records),
  };
}

/** Of records only whose elements are the person's: where the person stands in them. */
function elementKey(collection: Collection): string[] {
  return elementsOf(collection) ? [leadingPath(collection)] : [];
}

function keyField({ subject }: Collection): string[] {
  return subject.by === 'self' ? [subject.key] : [];
}
