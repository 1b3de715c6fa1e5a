import type { mongo } from 'mongoose';
import type { Identifiers } from '../../engine/ports/personalDataSource.ts';
import type { SubjectPath } from '../../kernel/policy/inventory.ts';
import type { HostDatabase } from './hostDatabase.ts';
import { keyForms, keyIdentity } from './keyForms.ts';
import { behind, type KeyCursor, onward } from './keyOrder.ts';
import { holding, type LeadingValues, leadingValues } from './subjectFilter.ts';

/** Keys that one question to the database names: it takes no more than 16 MB, and a person may have a million of them. */
const AT_ONCE = 2_000;

/** Where a walk over what leads to a person has come to. */
export interface WayCursor {
  readonly key?: KeyCursor;
  /** The same of the collection before, where the way goes on through another one. */
  readonly before?: WayCursor;
}

export interface Way {
  readonly values: LeadingValues;
  /** Absent after the last. */
  readonly next?: WayCursor;
}

/** Some of what leads to a person's records: of a direct reference all, on a way through other records a part of their keys. */
export async function nextWay(
  host: HostDatabase,
  path: SubjectPath,
  subject: string,
  at: WayCursor = {},
  most: number = AT_ONCE,
): Promise<Way> {
  if (path.by !== 'through') return { values: await leadingValues(host.policy.inventory, path, [subject], host.known) };

  const between = host.named(path.collection);
  const outer = await nextWay(host, between.subject, subject, at.before, most);
  const cursor = at.key ?? { done: [] };
  const these = { $and: [holding(between, outer.values), ...behind(cursor)] } as mongo.Filter<mongo.Document>;
  const found = host.raw(between.name).find(these, { projection: { _id: 1 } });
  const keys = (await found.sort({ _id: 1 }).limit(most).toArray()).map(({ _id }) => _id);
  const key = onward(cursor, keys, most);
  const next = key ? { ...(at.before && { before: at.before }), key } : outer.next && { before: outer.next };
  return { values: { equal: keys, alike: [] }, ...(next && { next }) };
}

/** All of it, part by part; with `captured`, also what led there before it went, each part once. */
export async function* ways(
  host: HostDatabase,
  path: SubjectPath,
  subject: string,
  captured?: Identifiers,
): AsyncGenerator<LeadingValues> {
  let at: WayCursor | undefined = {};
  while (at) {
    const way: Way = await nextWay(host, path, subject, at);
    if (way.values.equal.length + way.values.alike.length > 0) yield way.values;
    at = way.next;
  }
  if (captured) yield* lost(host, path, captured);
}

/** What led to the person once, and does not now: keys of records that are gone, and of what came to hang on those since. */
async function* lost(host: HostDatabase, path: SubjectPath, captured: Identifiers): AsyncGenerator<LeadingValues> {
  const { subject, addresses, keys } = captured;
  if (path.by === 'address') {
    const live = await host.known.addressesOf([subject]);
    const known = { ...host.known, addressesOf: async () => addresses.filter((each) => !live.includes(each)) };
    yield await leadingValues(host.policy.inventory, path, [subject], known);
  }
  if (path.by !== 'through') return;

  const between = host.named(path.collection);
  const keysOf = async (values: LeadingValues, besides: object): Promise<unknown[]> => {
    const these = { $and: [holding(between, values), besides] } as mongo.Filter<mongo.Document>;
    const found = host.raw(between.name).find(these, { projection: { _id: 1 } });
    return (await found.limit(AT_ONCE).toArray()).map(({ _id }) => _id);
  };
  const once = (keys[between.name] ?? []).flatMap(keyForms);
  for (let from = 0; from < once.length; from += AT_ONCE) {
    const part = once.slice(from, from + AT_ONCE);
    const live = new Set<string>();
    for await (const values of ways(host, between.subject, subject)) {
      for (const key of await keysOf(values, { _id: { $in: part } })) live.add(keyIdentity(key));
    }
    yield { equal: part.filter((key) => !live.has(keyIdentity(key))), alike: [] };
  }
  for await (const values of lost(host, between.subject, captured)) {
    yield { equal: await keysOf(values, { _id: { $nin: once } }), alike: [] };
  }
}
