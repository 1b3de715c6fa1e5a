import { chainEvidence, commit, type EvidenceEvent } from '../../kernel/evidence/chain.ts';
import { fresh, save } from '../aggregate.ts';
import { type CollectionName, collections } from '../ports/recordStore.ts';
import type { EvidenceDetails, EvidenceEntry, PendingEvent, Stored } from '../stored.ts';
import type { World } from '../world.ts';
import { evidenceHead } from './evidence.ts';

/** One chain a service, until its volume asks for several. */
export const PARTITION = 'main';

const LEASE_MS = 30_000;
const GROUP = 500;

interface Waiting {
  readonly collection: CollectionName;
  readonly id: string;
  readonly event: PendingEvent;
}

/**
 * Drains pending events into the chain, a group at a time. One worker holds the sequencer; a late one that still believes
 * to hold it is stopped by the unique place in the chain. Answers how many were chained.
 */
export async function sequencePending(world: World): Promise<number> {
  const lease = await takeLease(world);
  if (!lease) return 0;
  let chained = 0;
  try {
    for (;;) {
      const waiting = await nextGroup(world);
      if (waiting.length === 0) return chained;
      const count = await chainGroup(world, waiting);
      if (count === undefined) return chained;
      chained += count;
    }
  } finally {
    await release(world, lease);
  }
}

/** Answers how many were new, or undefined where another worker took the place in the chain. */
async function chainGroup(world: World, waiting: readonly Waiting[]): Promise<number | undefined> {
  const entries = world.records.collection<EvidenceEntry>('evidence');
  const there = new Set(
    (await entries.find({ _id: { in: waiting.map(({ event }) => event.id) } })).map((entry) => entry._id),
  );

  const events: EvidenceEvent[] = [];
  for (const { collection, id, event } of waiting) {
    if (there.has(event.id)) continue;
    const commitment = await commitmentOf(world, event);
    events.push({
      id: event.id,
      partition: PARTITION,
      at: event.at.toISOString(),
      type: event.type,
      aggregate: { kind: collection, id },
      commitment,
    });
  }

  const chain = chainEvidence(await evidenceHead(world), events, (text) => world.crypto.sha256(text));
  const inserted = await entries.insertMany(chain.map(({ id, ...entry }) => ({ ...fresh(world, id), ...entry })));
  if (inserted < chain.length) return undefined;

  for (const [key, group] of Map.groupBy(waiting, ({ collection, id }) => `${collection}\n${id}`)) {
    const [collection, id] = key.split('\n') as [CollectionName, string];
    await world.records.collection(collection).settle(
      id,
      group.map(({ event }) => event.id),
    );
  }
  return chain.length;
}

/** Details and salt are written before the entry that commits to them; after a crash the first salt stands. */
async function commitmentOf(world: World, event: PendingEvent): Promise<string> {
  const records = world.records.collection<EvidenceDetails>('evidenceDetails');
  await records.insert({ ...fresh(world, event.id), salt: world.crypto.token(), details: event.details });
  const kept = await records.get(event.id);
  if (!kept) throw new RangeError('The details of an event are gone');
  return commit(kept.details, kept.salt, (text) => world.crypto.sha256(text));
}

/** The oldest pending events of all collections, in one order. */
async function nextGroup(world: World): Promise<Waiting[]> {
  const waiting: Waiting[] = [];
  for (const collection of Object.keys(collections) as CollectionName[]) {
    const documents = await world.records
      .collection<Stored>(collection)
      .find({ service: world.service, 'pending.id': { after: '' } }, { limit: GROUP });
    for (const { _id, pending } of documents) {
      for (const event of pending) waiting.push({ collection, id: _id, event });
    }
  }
  // The sort is stable: events of one document and one instant stay in the order in which they happened.
  return waiting.sort((a, b) => a.event.at.getTime() - b.event.at.getTime()).slice(0, GROUP);
}

async function takeLease(world: World): Promise<Stored | undefined> {
  const leases = world.records.collection<Stored>('leases');
  const id = `${world.service}:evidence:${PARTITION}`;
  const now = world.clock.now();
  await leases.insert(fresh(world, id));
  return leases.claim({ _id: id }, world.crypto.newId(), now, new Date(now.getTime() + LEASE_MS));
}

async function release(world: World, lease: Stored): Promise<void> {
  const { lease: _, ...free } = lease;
  // Somebody else may hold it by now; then there is nothing to give back.
  await save(world.records.collection<Stored>('leases'), free).catch(() => undefined);
}
