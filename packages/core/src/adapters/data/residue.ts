import type { mongo } from 'mongoose';
import type { Identifiers } from '../../engine/ports/personalDataSource.ts';
import { type LookAgain, nothingLookedAt, type Residual, type Residue } from '../../engine/ports/residue.ts';
import { isKeptError } from '../../kernel/keptError.ts';
import type { Collection } from '../../kernel/policy/inventory.ts';
import { addressOfSubject, deviceOfSubject } from '../../kernel/policy/personWithoutAccount.ts';
import { storedCollection, storedName } from '../../kernel/policy/storedCollection.ts';
import { listing, plain } from '../../kernel/scan/listing.ts';
import { notePerson } from '../../kernel/scan/notePerson.ts';
import { placesIn, treeOf } from '../../kernel/scan/place.ts';
import { planScan } from '../../kernel/scan/planScan.ts';
import { type SoughtPerson, soughtPerson } from '../../kernel/scan/soughtPerson.ts';
import { addressForms } from './addresses.ts';
import type { HostDatabase } from './hostDatabase.ts';
import { liveDatabase } from './liveDatabase.ts';
import { holding, leadingPath, ofKind, queryPath } from './subjectFilter.ts';
import { ways } from './ways.ts';

type Filter = mongo.Filter<mongo.Document>;

/** Records of one collection that are read whole; a bigger one is only asked for what the inventory names. */
const MOST = 1_000_000;
/** Records between two beats. */
const PAGE = 1_000;
const anyCase = { locale: 'en', strength: 2 };

/**
 * Where any of these identifiers still stands: in the places that lead to the person, and in all others, fields and
 * collections that the inventory does not know included. Collections that hold nothing of people are left out. What an earlier
 * look has read is not read again; whether something new leads to the person from there is asked all the same.
 */
export async function residue(
  host: HostDatabase,
  captured: Identifiers,
  { most = MOST, from = nothingLookedAt, pieces = Number.POSITIVE_INFINITY, beat }: LookAgain = {},
): Promise<Residue> {
  const { inventory } = host.policy;
  const live = liveDatabase(() => host.database, undefined);
  const names = await live.collections();
  const sought = soughtIn(captured);
  const done = new Set([...from.looked, ...from.notLooked.map(({ collection }) => collection)]);
  const look = planScan(inventory, names, []).look.filter(
    ({ standing }) => standing !== 'own' && standing !== 'impersonal',
  );
  const kindsIn = (name: string): Collection[] => inventory.collections.filter((each) => storedName(each) === name);
  let { found, looked, notLooked } = from;
  const soFar = (): Residue => ({ found, looked, notLooked });

  let read = 0;
  for (const { collection: name, shown } of look) {
    if (done.has(shown)) continue;
    if (read === pieces) return { ...soFar(), more: true };
    const kinds = kindsIn(name);
    const leading = (await Promise.all(kinds.map((kind) => leadingStill(host, kind, captured)))).flat();
    const whole = await readWhole(name, shown, kinds);
    const asked =
      whole.why === undefined ? [] : (await Promise.all(kinds.map((kind) => askFields(host, kind, captured)))).flat();
    found = [...found, ...leading, ...whole.found, ...asked];
    if (whole.why === undefined) looked = [...looked, shown];
    else notLooked = [...notLooked, { collection: shown, why: whole.why }];
    read += 1;
    await beat?.(soFar());
  }

  const told = new Set(from.found.flatMap(({ leads, collection }) => (leads ? [collection] : [])));
  const before = look.filter(({ shown }) => done.has(shown)).flatMap(({ collection }) => kindsIn(collection));
  for (const kind of before) {
    if (!told.has(kind.name)) found = [...found, ...(await leadingStill(host, kind, captured))];
  }
  const why = 'too-many-keys';
  const lost = (captured.beyond ?? []).filter(
    (collection) => !notLooked.some((each) => each.why === why && each.collection === collection),
  );
  return { found, looked, notLooked: [...notLooked, ...lost.map((collection) => ({ collection, why }) as const)] };

  async function readWhole(
    name: string,
    shown: string,
    kinds: readonly Collection[],
  ): Promise<{ found: Residual[]; why?: 'too-many' | 'unreadable' }> {
    if ((await host.database.collection(name).countDocuments({}, { limit: most + 1 })) > most)
      return { found: [], why: 'too-many' };
    const known = storedCollection(inventory, name);
    const tree = treeOf(listing(known));
    const ways = new Set(kinds.map(leadingPath));
    let record = 0;
    try {
      for await (const document of live.documents(name)) {
        notePerson(document, record, tree, sought);
        record += 1;
        if (record % PAGE === 0) await beat?.(soFar());
      }
    } catch (error) {
      // A beat throws where another worker took over. A collection that cannot be read keeps nobody from the rest.
      if (isKeptError(error)) throw error;
      return { found: [], why: 'unreadable' };
    }
    const found = [...placesIn(tree.root)].filter(({ path }) => !ways.has(plain(path)));
    return {
      found: found.map(({ path, seen, listed }) => {
        const named = listed.field !== undefined || listed.leads;
        return {
          collection: kinds.length === 1 ? (kinds[0]?.name ?? shown) : shown,
          path,
          count: seen.records,
          named,
          leads: false,
        };
      }),
    };
  }
}

/** Records that are still found as the person's. */
async function leadingStill(host: HostDatabase, kind: Collection, captured: Identifiers): Promise<Residual[]> {
  let count = 0;
  for await (const values of ways(host, kind.subject, captured.subject, captured)) {
    count += await host.raw(kind.name).countDocuments(holding(kind, values));
  }
  const path = kind.subject.by === 'self' ? kind.subject.key : kind.subject.field;
  return count === 0 ? [] : [{ collection: kind.name, path, count, named: true, leads: true }];
}

/** Of a collection that is too large to be read: fields that hold nothing but an address. */
async function askFields(host: HostDatabase, kind: Collection, { addresses }: Identifiers): Promise<Residual[]> {
  const texts = addresses.flatMap(addressForms);
  if (texts.length === 0) return [];
  const found: Residual[] = [];
  for (const { path } of kind.fields) {
    const filter = ofKind(kind, { [queryPath(path)]: { $in: texts } } as Filter);
    const count = await host.raw(kind.name).countDocuments(filter, { collation: anyCase });
    if (count > 0) found.push({ collection: kind.name, path, count, named: true, leads: false });
  }
  return found;
}

function soughtIn({ subject, addresses, keys, forms = [] }: Identifiers): SoughtPerson {
  const key = deviceOfSubject(subject) ?? addressOfSubject(subject) ?? subject;
  return soughtPerson([key, ...addresses, ...forms], Object.values(keys).flat());
}
