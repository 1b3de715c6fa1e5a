import { setTimeout as pause } from 'node:timers/promises';
import type { Collection, Db, Document, MongoClient } from 'mongodb';

/** What was acknowledged while the engine was being killed. */
export interface Acknowledged {
  inserts: string[];
  transactions: string[];
  increments: number;
  /** Increments that were asked for, acknowledged or not. */
  incrementsTried: number;
}

/** Writers at work. */
export interface Writers {
  acknowledged: Acknowledged;
  stop(): Promise<void>;
}

const INSERTERS = 6;
const ONLY_ONE = 'counter';

type Things = Collection<Document & { _id: string }>;

/** The collections that the writers fill. */
export function collectionsOf(db: Db): { inserts: Things; first: Things; second: Things; counters: Things } {
  const named = (name: string): Things => db.collection(name);
  return { inserts: named('inserts'), first: named('first'), second: named('second'), counters: named('counters') };
}

/** Starts six that insert, one that writes to two collections in a transaction, and one that counts. */
export async function startWriters(client: MongoClient, db: Db): Promise<Writers> {
  const { inserts, first, second, counters } = collectionsOf(db);
  await inserts.createIndex({ at: 1 });
  await counters.insertOne({ _id: ONLY_ONE, n: 0 });
  const acknowledged: Acknowledged = { inserts: [], transactions: [], increments: 0, incrementsTried: 0 };
  let stopped = false;

  // After an error it is not known whether the write happened, so it is not counted and not repeated.
  const write = async (
    one: (id: string) => Promise<unknown>,
    done: (id: string) => void,
    name: string,
  ): Promise<void> => {
    for (let i = 0; !stopped; i++) {
      const id = `${name}-${i}`;
      try {
        await one(id);
        done(id);
      } catch {
        await pause(20);
      }
    }
  };
  const inBoth = (id: string): Promise<unknown> =>
    client.withSession(async (session) => {
      session.startTransaction();
      await first.insertOne({ _id: id }, { session });
      await second.insertOne({ _id: id }, { session });
      await session.commitTransaction();
    });
  const count = (): Promise<unknown> => {
    acknowledged.incrementsTried += 1;
    return counters.updateOne({ _id: ONLY_ONE }, { $inc: { n: 1 } });
  };

  const working = Promise.all([
    ...Array.from({ length: INSERTERS }, (_, i) =>
      write(
        (id) => inserts.insertOne({ _id: id, at: new Date() }),
        (id) => acknowledged.inserts.push(id),
        `writer${i}`,
      ),
    ),
    write(inBoth, (id) => acknowledged.transactions.push(id), 'transaction'),
    write(
      count,
      () => {
        acknowledged.increments += 1;
      },
      'increment',
    ),
  ]);
  return {
    acknowledged,
    async stop() {
      stopped = true;
      await working;
    },
  };
}
