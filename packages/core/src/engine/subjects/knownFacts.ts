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

/** People whose facts one process keeps. */
const MOST_PEOPLE = 10_000;

const caches = new WeakMap<RecordStore, Map<string, { readonly state: string; readonly facts: KnownFacts }>>();

/**
 * Reads them, or has them from before: one small read tells whether anything has changed in any process since. What is just
 * being changed is read and not kept.
 */
export async function knownFacts(world: World, subject: string, now: Date): Promise<KnownFacts> {
  const cache = caches.get(world.records) ?? new Map();
  caches.set(world.records, cache);
  const key = `${world.service}\n${subject}`;
  const { state, isChanging } = await stampOf(world, subject, now);
  const known = cache.get(key);
  if (known?.state === state && !isChanging) return known.facts;

  const facts = await readFacts(world, subject);
  cache.delete(key);
  if (!isChanging) cache.set(key, { state, facts });
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
