import type { ConsentEvent, Hold, ObjectionEvent } from '../../kernel/decision.ts';
import { acceptedVersions } from '../policy/acceptances.ts';
import type { RecordStore } from '../ports/recordStore.ts';
import { placedHolds } from '../requests/activeHolds.ts';
import type { World } from '../world.ts';
import { consents } from './consents.ts';
import { objections } from './objections.ts';
import { stampOf } from './stamps.ts';

/** What Kept's own records say of a person. */
export interface KnownFacts {
  readonly consents: readonly ConsentEvent[];
  readonly objections: readonly ObjectionEvent[];
  /** Those on the person and those on everybody, ended ones included. */
  readonly holds: readonly Hold[];
  /** The newest version of the notice that the person accepted. */
  readonly accepted?: number;
}

/** What stood for a person's facts when they were last asked about, and the facts, once they are sure to be those. */
interface Known {
  readonly state: string;
  readonly facts?: KnownFacts;
}

/** People whom one process keeps. */
const MOST_PEOPLE = 10_000;

const caches = new WeakMap<RecordStore, Map<string, Known>>();

/**
 * Reads them, or has them from before: one small read tells whether anything has changed in any process since. Where nothing
 * is kept yet, facts and state are read at once, and the facts are kept if the state is still the one of an earlier question:
 * nothing can have changed in between.
 */
export async function knownFacts(world: World, subject: string, now: Date): Promise<KnownFacts> {
  const cache = caches.get(world.records) ?? new Map<string, Known>();
  caches.set(world.records, cache);
  const key = `${world.service}\n${subject}`;
  const known = cache.get(key);
  const [stamp, read] = await Promise.all([stampOf(world, subject, now), known?.facts ?? readFacts(world, subject)]);
  const isSame = stamp.state === known?.state && !stamp.isChanging;
  if (isSame && known.facts) return known.facts;

  // Facts from before are not those of now, but what is read after the state is.
  const facts = known?.facts ? await readFacts(world, subject) : read;
  const isSure = known?.facts ? !stamp.isChanging : isSame;
  cache.delete(key);
  cache.set(key, { state: stamp.state, ...(isSure && { facts }) });
  if (cache.size > MOST_PEOPLE) cache.delete(cache.keys().next().value ?? '');
  return facts;
}

async function readFacts(world: World, subject: string): Promise<KnownFacts> {
  const [given, objected, holds, accepted] = await Promise.all([
    consents(world).history(subject),
    objections(world).history(subject),
    placedHolds(world, subject),
    acceptedVersions(world, [subject]),
  ]);
  const version = accepted.get(subject);
  return { consents: given, objections: objected, holds, ...(version !== undefined && { accepted: version }) };
}
