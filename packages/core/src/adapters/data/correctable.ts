import type { mongo } from 'mongoose';
import type { Correctable, FieldAt } from '../../engine/ports/correctable.ts';
import type { Collection, Field } from '../../kernel/policy/inventory.ts';
import type { CorrectedValue } from '../../kernel/request/asks.ts';
import { decoded } from '../../kernel/sensitive/decoded.ts';
import { elementsOf, isInside, keyIn } from './elements.ts';
import type { HostDatabase } from './hostDatabase.ts';
import { keyForms } from './keyForms.ts';
import { type Place, placesIn } from './placesIn.ts';
import { holding, isAmong, queryPath } from './subjectFilter.ts';

type Filter = mongo.Filter<mongo.Document>;

/** The database takes no longer ones; a longer text is nobody's name in another case. */
const LONGEST_PATTERN = 5_000;

/** Corrections in the host's MongoDB. Each record is one write, which does nothing where the value has changed meanwhile. */
export function correctable(host: HostDatabase): Correctable {
  return {
    async valuesOf(subject, at, most) {
      const values = new Set<CorrectedValue>();
      let records = 0;
      for await (const { places } of recordsWith(host, subject, at)) {
        records += 1;
        for (const { value } of places) {
          const plain = plainOf(decoded(value, fieldOf(host, at)));
          if (plain !== undefined && values.size < most) values.add(plain);
        }
      }
      return { records, values: [...values] };
    },

    async countHolding(subject, at, value) {
      const field = fieldOf(host, at);
      let count = 0;
      for await (const { places } of recordsWith(host, subject, at, value))
        if (places.some((place) => isSame(decoded(place.value, field), value))) count += 1;
      return count;
    },

    async correct(subject, { from, to, limit, ...at }) {
      const field = fieldOf(host, at);
      if (from === null) return complete(host, subject, at, to);
      let changed = 0;
      for await (const { id, places } of recordsWith(host, subject, at, from)) {
        const old = places.filter(
          ({ value }) => isSame(decoded(value, field), from) && !isThere(decoded(value, field), to),
        );
        if (old.length === 0) continue;
        const guard = Object.fromEntries(old.map((place) => [place.path, place.value]));
        const set = Object.fromEntries(old.map((place) => [place.path, stored(place.value, to, field)]));
        const written = await host.raw(at.collection).updateOne({ ...guard, _id: id } as Filter, { $set: set });
        changed += written.modifiedCount;
        if (changed >= limit) break;
      }
      return changed;
    },
  };
}

/** Where nothing stands yet, in the one record that was named. */
async function complete(host: HostDatabase, subject: string, at: FieldAt, to: CorrectedValue): Promise<number> {
  const collection = host.named(at.collection);
  if (at.field.includes('[]') || elementsOf(collection) !== undefined) return 0;
  const filter = { $and: [await host.ofSubject(collection, [subject]), ...named(at), { [at.field]: null }] } as Filter;
  const set = { [at.field]: stored(undefined, to, fieldOf(host, at)) };
  return (await host.raw(at.collection).updateOne(filter, { $set: set })).modifiedCount;
}

async function* recordsWith(
  host: HostDatabase,
  subject: string,
  at: FieldAt,
  value?: CorrectedValue,
): AsyncIterable<{ id: mongo.ObjectId; places: Place[] }> {
  const collection = host.named(at.collection);
  const leading = await host.leading(collection, [subject]);
  const path = queryPath(at.field);
  // What is stored in a transformed way can only be read, not asked for.
  const held = value === undefined || fieldOf(host, at)?.stored ? [] : [{ [path]: { $in: formsOf(value) } }];
  const filter = { $and: [holding(collection, leading), ...named(at), ...held] } as Filter;
  const elements = elementsOf(collection);
  const [outermost = path] = (elements && isInside(elements, at.field) ? queryPath(elements.list) : path).split('.');
  const found = host.raw(at.collection).find(filter, { projection: { [outermost]: 1 } });
  const isOwn = isAmong(leading);
  for await (const record of found) {
    const places = ownPlaces(collection, record, at.field, isOwn);
    if (places !== undefined) yield { id: record._id, places };
  }
}

/** Of records that belong to several people, the person's own elements. */
function ownPlaces(
  collection: Collection,
  record: mongo.Document,
  field: string,
  isOwn: (value: unknown) => boolean,
): Place[] | undefined {
  const elements = elementsOf(collection);
  if (elements === undefined) return placesIn(record, field);
  if (!isInside(elements, field)) return undefined;
  return placesIn(record, field, (list, element) => list !== elements.list || isOwn(keyIn(element, elements)));
}

function named({ record }: FieldAt): Filter[] {
  return record === undefined ? [] : [{ _id: { $in: keyForms(record) as mongo.ObjectId[] } }];
}

function fieldOf(host: HostDatabase, at: FieldAt): Field | undefined {
  return host.named(at.collection).fields.find(({ path }) => path === at.field);
}

/** Texts by a pattern and not by a collation: the index that leads to the person's records serves. */
function formsOf(value: CorrectedValue): unknown[] {
  if (typeof value !== 'string' || value.length > LONGEST_PATTERN) return [value];
  const text = value.trim().replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return [new RegExp(`^\\s*${text}\\s*$`, 'i'), ...(isInstant(value) ? [new Date(value)] : [])];
}

function isInstant(text: string): boolean {
  const at = new Date(text);
  return !Number.isNaN(at.getTime()) && at.toISOString() === text;
}

function plainOf(value: unknown): CorrectedValue | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  return (typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}

function isSame(value: unknown, other: CorrectedValue): boolean {
  const [one, two] = [plainOf(value), other].map((each) =>
    typeof each === 'string' ? each.trim().toLowerCase() : each,
  );
  return one !== undefined && one === two;
}

/** Letter by letter: a name may be wrong in its case alone. */
function isThere(value: unknown, to: CorrectedValue): boolean {
  return plainOf(value) === to;
}

/** As what stood there was stored. */
function stored(before: unknown, to: CorrectedValue, field: Field | undefined): unknown {
  if (before instanceof Date) return new Date(String(to));
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  switch (field?.stored) {
    case 'json':
      return JSON.stringify(to);
    case 'base64':
      return base64(String(to));
    case 'base64-json':
      return base64(JSON.stringify(to));
    default:
      return to;
  }
}
