import type { PersonalValue } from '../../kernel/egress/personalMarks.ts';
import type { Collection } from '../../kernel/policy/inventory.ts';
import { covers } from '../../kernel/policy/vocabulary.ts';
import { decoded } from '../../kernel/sensitive/decoded.ts';
import { elementsOf } from './elements.ts';
import type { HostDatabase } from './hostDatabase.ts';
import { projectionOf } from './projectionOf.ts';
import { holding, leadingPath, queryPath } from './subjectFilter.ts';
import { ownPart } from './units.ts';
import { valuesAt } from './valuesAt.ts';

/** More than that nobody has; who had would be searched for by some of it only. */
const MOST_RECORDS = 20_000;

/** Values by which the host knows a person or is paid by them, and the keys of the records in which these stand. */
export async function ownValues(host: HostDatabase, subject: string): Promise<PersonalValue[]> {
  const { inventory } = host.policy;
  const key: PersonalValue = { path: 'subject', category: 'account.identifier', value: subject };
  const values = inventory.collections.map(async (collection) => {
    const fields = collection.fields.filter(({ category }) => isOwn(category));
    return fields.length > 0 ? valuesIn(host, collection, fields, subject) : [];
  });
  return [key, ...(await Promise.all(values)).flat()];
}

async function valuesIn(
  host: HostDatabase,
  collection: Collection,
  fields: Collection['fields'],
  subject: string,
): Promise<PersonalValue[]> {
  const key = { path: '_id', category: 'account.identifier' };
  const sought = [key, ...fields].map((field) => ({ ...field, query: queryPath(field.path) }));
  const leads = elementsOf(collection) ? [leadingPath(collection)] : [];
  const projection = projectionOf([...sought.map(({ path }) => path), ...leads]);
  const leading = await host.leading(collection, [subject]);
  const records = host
    .raw(collection.name)
    .find(holding(collection, leading), { projection })
    .limit(MOST_RECORDS + 1);
  const values: PersonalValue[] = [];
  let read = 0;
  for await (const record of records) {
    read += 1;
    if (read > MOST_RECORDS)
      throw new RangeError(`More than ${MOST_RECORDS} records of one person in ${collection.name}`);
    const { own } = ownPart(collection, record, leading);
    for (const { path, category, query, ...field } of sought) {
      for (const found of valuesAt(own, query)) {
        const value = plainValue(decoded(found, field));
        if (value !== undefined) values.push({ path: `${collection.name}.${path}`, category, value });
      }
    }
  }
  return values;
}

function isOwn(category: string): boolean {
  return covers('account', category) || covers('payment', category);
}

/** Dates and flags are shared by many; keys of the database are compared as they are written. */
function plainValue(value: unknown): string | number | undefined {
  if (typeof value === 'string' || typeof value === 'number') return value;
  const type = (value as { _bsontype?: unknown } | null | undefined)?._bsontype;
  return type === 'ObjectId' || type === 'UUID' || type === 'Binary' || type === 'Long' || type === 'Decimal128'
    ? String(value)
    : undefined;
}
