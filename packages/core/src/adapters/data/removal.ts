import type { mongo } from 'mongoose';
import type { StillDue } from '../../engine/ports/personalDataSource.ts';
import { goesAlong } from '../../kernel/erasure/goesAlong.ts';
import type { Collection, Redaction } from '../../kernel/policy/inventory.ts';
import { stillThere } from '../../kernel/retention/redactionFilter.ts';
import { dueFilter } from './dueFilter.ts';
import { elementsIn, elementsOf, isInside, keyIn, withoutElements, withoutFields } from './elements.ts';
import { without } from './endDue.ts';
import type { HostDatabase } from './hostDatabase.ts';
import { keyIdentity } from './keyForms.ts';
import { leadingPath, ofKind, queryPath } from './subjectFilter.ts';
import { type ElementsOfRecord, isElements, recordKey } from './units.ts';

type Filter = mongo.Filter<mongo.Document>;

/** Removes records, or the person's elements in them; what is about them goes too, or loses the link. */
export async function remove(
  host: HostDatabase,
  name: string,
  ids: readonly unknown[],
  stillDue?: StillDue,
): Promise<number> {
  const parts = ids.filter(isElements);
  const whole = ids.filter((id) => !isElements(id));
  const taken = await eachElements(host, host.named(name), parts, withoutElements);
  if (whole.length === 0) return taken;

  const these = keyed(whole);
  const due = stillDue ? await dueFilter(host, name, stillDue) : {};
  const removed = due ? (await host.raw(name).deleteMany({ $and: [these, due] })).deletedCount : 0;

  // Only where some are not accounted for is it asked which of them are left, and which were gone before.
  const left = new Set(removed === whole.length ? [] : (await keysThere(host, name, these)).map(keyIdentity));
  const gone = whole.filter((id) => !left.has(keyIdentity(id)));
  await release(host, name, gone);
  return taken + gone.length;
}

/** Takes fields out of records, or of the person's elements in them. */
export async function redact(
  host: HostDatabase,
  name: string,
  ids: readonly unknown[],
  redaction: Redaction,
  stillDue?: StillDue,
): Promise<number> {
  const collection = host.named(name);
  const parts = ids.filter(isElements);
  const elements = elementsOf(collection);
  const inside = elements ? redaction.fields.filter((path) => isInside(elements, path)) : [];
  await eachElements(host, collection, parts, (of, keys) => withoutFields(of, keys, inside));

  const whole = ids.filter((id) => !isElements(id));
  if (whole.length === 0) return parts.length;
  const these = keyed(whole);
  const due = stillDue ? await dueFilter(host, name, { ...stillDue, redaction }) : {};
  if (due) await host.raw(name).updateMany({ $and: [these, due] }, without(redaction));
  const left = await host.raw(name).countDocuments({ $and: [these, stillThere(redaction) as Filter] });
  return parts.length + whole.length - left;
}

/** Takes the person out of records, or of their elements, that must stay. */
export async function detach(host: HostDatabase, name: string, ids: readonly unknown[]): Promise<number> {
  const collection = host.named(name);
  const { subject } = collection;
  if (subject.by === 'self') throw new RangeError(`${name} has no reference to take out`);
  const parts = ids.filter(isElements);
  const loosened = await eachElements(host, collection, parts, (of, keys) =>
    of.key === '' ? withoutElements(of, keys) : withoutFields(of, keys, [`${of.list}.${of.key}`]),
  );
  const whole = ids.filter((id) => !isElements(id));
  if (whole.length === 0) return loosened;
  const field = leadingPath(collection);
  await host.raw(name).updateMany(keyed(whole), { $unset: { [field]: '' } });
  return loosened + (await host.raw(name).countDocuments({ ...keyed(whole), [field]: null }));
}

/** One write for all records whose elements have the same keys; answers how many records hold none of them now. */
async function eachElements(
  host: HostDatabase,
  collection: Collection,
  parts: readonly ElementsOfRecord[],
  update: (elements: NonNullable<ReturnType<typeof elementsOf>>, keys: readonly unknown[]) => mongo.Document[],
): Promise<number> {
  const elements = elementsOf(collection);
  if (elements === undefined || parts.length === 0) return 0;
  const records = host.raw(collection.name);
  const byKeys = new Map<string, ElementsOfRecord[]>();
  for (const part of parts) {
    const same = keyIdentity(part.keptElements);
    byKeys.set(same, [...(byKeys.get(same) ?? []), part]);
  }
  let done = 0;
  for (const alike of byKeys.values()) {
    const keys = alike[0]?.keptElements ?? [];
    const these = keyed(alike.map(recordKey));
    await records.updateMany(these, update(elements, keys));
    const sought = new Set(keys.map(keyIdentity));
    const holding = { $and: [these, { [leadingPath(collection)]: { $in: [...keys] } }] } as Filter;
    const top = queryPath(elements.list);
    let left = 0;
    for await (const record of records.find(holding, { projection: { [top]: 1 } })) {
      if (elementsIn(record, elements).some((each) => sought.has(keyIdentity(keyIn(each, elements))))) left += 1;
    }
    done += alike.length - left;
  }
  return done;
}

/**
 * Remixes of what goes stay, without the link to it and what they copied of its person; so does what is about it, where it does
 * not go along (`recordsAbout`).
 */
async function release(host: HostDatabase, name: string, gone: readonly unknown[]): Promise<void> {
  if (gone.length === 0) return;
  const { policy } = host;
  const { lineage } = host.named(name);
  const of = (field: string): Filter => ({ [queryPath(field)]: { $in: gone as mongo.ObjectId[] } });
  if (lineage) {
    const fields = [lineage.parent, ...(lineage.carries ?? [])].map(queryPath);
    await host.raw(name).updateMany(of(lineage.parent), [{ $unset: fields }]);
  }
  for (const other of policy.inventory.collections) {
    const { about } = other;
    if (about?.collection !== name || goesAlong(policy, other, name)) continue;
    await host.raw(other.name).updateMany(ofKind(other, of(about.field)), { $unset: { [about.field]: '' } });
  }
}

async function keysThere(host: HostDatabase, name: string, these: Filter): Promise<unknown[]> {
  const found = await host
    .raw(name)
    .find(these, { projection: { _id: 1 } })
    .toArray();
  return found.map(({ _id }) => _id);
}

function keyed(ids: readonly unknown[]): Filter {
  return { _id: { $in: ids as mongo.ObjectId[] } };
}
