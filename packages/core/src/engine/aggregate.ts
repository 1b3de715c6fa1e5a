import { isKeptError, KeptError } from '../kernel/keptError.ts';
import type { CollectionName, Records } from './ports/recordStore.ts';
import type { PendingEvent, Stored } from './stored.ts';
import type { World } from './world.ts';

export const SCHEMA = 1;

/** The fields that every new document starts with. */
export function fresh(world: World, id: string, events: readonly PendingEvent[] = []): Stored {
  return { _id: id, service: world.service, schema: SCHEMA, version: 0, pending: events };
}

/** An event for the evidence chain. Details may hold personal data: they lie apart from the chain and can be scrubbed. */
export function event(world: World, type: string, at: Date, details: PendingEvent['details'] = {}): PendingEvent {
  return { id: world.crypto.newId(), at, type, details };
}

/** Writes a change and its events in one single-document write. Throws RECORD_CONFLICT. */
export async function save<T extends Stored>(
  records: Records<T>,
  document: T,
  events: readonly PendingEvent[] = [],
): Promise<T> {
  return records.replace({ ...document, pending: [...document.pending, ...events] });
}

/** Reads, changes and writes; reads again where somebody was faster. The change must come out the same when repeated. */
export async function update<T extends Stored>(
  world: World,
  collection: CollectionName,
  id: string,
  change: (document: T) => { document: T; events?: readonly PendingEvent[] } | undefined,
): Promise<T> {
  const records = world.records.collection<T>(collection);
  for (let attempt = 1; ; attempt += 1) {
    const document = await records.get(id);
    if (!document || document.service !== world.service) throw notFound(collection, id);

    const changed = change(document);
    if (!changed) return document;

    try {
      return await save(records, changed.document, changed.events);
    } catch (error) {
      if (attempt >= 5 || !isKeptError(error) || error.code !== 'RECORD_CONFLICT') throw error;
    }
  }
}

const singular: Partial<Record<CollectionName, string>> = {
  requests: 'REQUEST',
  tickets: 'TICKET',
  mails: 'MAIL',
  outbox: 'LETTER',
  findings: 'FINDING',
  notifications: 'NOTIFICATION',
  holds: 'HOLD',
  staff: 'STAFF_MEMBER',
};

export function notFound(collection: CollectionName, id: string): KeptError {
  return new KeptError(`${singular[collection] ?? 'RECORD'}_NOT_FOUND`, `There is nothing under the id ${id}`, {
    place: `kept_${collection}`,
    remedy: 'Check the id, and that it belongs to this service.',
  });
}
