import type { mongo } from 'mongoose';
import type { CountedPerson, CountedRecords } from '../../engine/ports/personalDataSource.ts';
import type { FigureValue } from '../../kernel/figures/suppress.ts';
import { storedName } from '../../kernel/policy/storedCollection.ts';
import type { HostDatabase } from './hostDatabase.ts';
import { keyText } from './keyForms.ts';
import { ofKind, queryPath } from './subjectFilter.ts';

/** Rows that come over the wire at once. */
const BATCH = 1_000;

interface Row {
  readonly _id: { readonly owner: unknown; readonly value?: unknown };
}

/**
 * Everybody with the values that their records have, one person after the other. The database brings people and values
 * together, on disk where they are many, so that no process holds more than one person at a time.
 */
export async function* peopleBy(
  host: HostDatabase,
  name: string,
  { field, most, anchor, from, to }: CountedRecords,
): AsyncGenerator<CountedPerson> {
  const collection = host.named(name);
  const date = queryPath(collection.anchors[anchor ?? ''] ?? '');
  const span = { ...(from && { $gte: from }), ...(to && { $lt: to }) };
  const rows = host
    .raw(name)
    .aggregate<Row>(
      [
        { $match: ofKind(collection, from || to ? { [date]: span } : {}) },
        ...ownerStages(host, name),
        ...arraysOn(field).map((path) => ({ $unwind: { path: `$record.${path}`, preserveNullAndEmptyArrays: true } })),
        { $group: { _id: { owner: '$owner', value: `$record.${queryPath(field)}` } } },
        { $sort: { '_id.owner': 1 } },
      ],
      { allowDiskUse: true, batchSize: BATCH },
    );

  let person: { subject: string; values: Set<FigureValue> } | undefined;
  for await (const { _id } of rows) {
    const subject = keyText(_id.owner);
    if (person?.subject !== subject) {
      if (person) yield { subject: person.subject, values: [...person.values] };
      person = { subject, values: new Set() };
    }
    if (person.values.size < most) person.values.add(figureValue(_id.value));
  }
  if (person) yield { subject: person.subject, values: [...person.values] };
}

/** Puts the key of the subject beside each record, through as many hops as the inventory names; records of nobody go. */
function ownerStages(host: HostDatabase, name: string): mongo.Document[] {
  const stages: mongo.Document[] = [];
  let { subject } = host.named(name);
  const pathOf = (): string => queryPath(subject.by === 'self' ? subject.key : subject.field);
  stages.push({ $project: { _id: 0, record: '$$ROOT', owner: `$${pathOf()}` } });
  while (subject.by === 'through') {
    const from = storedName(host.named(subject.collection));
    stages.push({ $lookup: { from, localField: 'owner', foreignField: '_id', as: 'hop' } });
    subject = host.named(subject.collection).subject;
    stages.push({ $set: { hop: '$$REMOVE', owner: { $first: `$hop.${pathOf()}` } } });
  }
  // A key that is stored as a hash, or an address, does not say here whose it is.
  const isKey = subject.by === 'self' || (subject.by === 'reference' && subject.as === undefined);
  return [
    ...stages,
    ...(isKey ? [] : [{ $match: { _id: { $in: [] } } }]),
    // Where several people share a record, nobody knows whose choice counts for it.
    { $match: { $and: [{ owner: { $ne: null } }, { owner: { $not: { $type: 'array' } } }] } },
    // Hosts refer to one person by a key and by its text: both are that person.
    { $set: { owner: { $convert: { input: '$owner', to: 'string', onError: '$owner' } } } },
  ];
}

/** The arrays on the way to a field of the inventory: `outputs` for `outputs[].file`. */
function arraysOn(field: string): string[] {
  const parts = field.split('[]');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join(''));
}

function figureValue(value: unknown): FigureValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof (value as Date).toISOString === 'function') return (value as Date).toISOString();
  return keyText(value);
}
