import { randomUUID } from 'node:crypto';
import {
  createKept,
  type Kept,
  type KeptOptions,
  loadPack,
  memoryAnchor,
  memoryFiles,
  memoryKeys,
  memoryLedger,
  memoryMailer,
  settableClock,
} from '@kept/core';
import mongoose from 'mongoose';

/** A Tuesday without holidays near it, nine in the morning in Berlin. */
export const START: Date = new Date('2026-03-03T08:00:00Z');

export interface Scene {
  readonly kept: Kept;
  readonly clock: ReturnType<typeof settableClock>;
  readonly mailer: ReturnType<typeof memoryMailer>;
  readonly media: ReturnType<typeof memoryFiles>;
  readonly keys: ReturnType<typeof memoryKeys>;
  readonly ledger: ReturnType<typeof memoryLedger>;
  readonly db: mongoose.mongo.Db;
  /** Opens Kept anew on the same database and edges, as a restarted process would. */
  restart(change?: Partial<KeptOptions>): Promise<Kept>;
  close(): Promise<void>;
}

let loaded: ReturnType<typeof loadPack> | undefined;

/** The pack of most tests, read once for each file of them. */
function pack(): ReturnType<typeof loadPack> {
  loaded ??= loadPack('sdance-ai');
  return loaded;
}

/** Kept on the real database, with a name of its own there, and everything else in memory; the clock stands still. */
export async function scene(change: Partial<KeptOptions> = {}): Promise<Scene> {
  const uri = process.env.KEPT_TEST_MONGODB_URI;
  if (!uri) throw new Error('KEPT_TEST_MONGODB_URI is not set: run the tests with npm test');
  const name = `t_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const connection = await mongoose.createConnection(uri, { dbName: name }).asPromise();
  const edges = {
    clock: settableClock(START),
    mailer: memoryMailer(),
    media: memoryFiles(),
    keys: memoryKeys(),
    ledger: memoryLedger(),
    anchor: memoryAnchor(),
  };
  const open = async (more: Partial<KeptOptions> = {}): Promise<Kept> =>
    createKept({
      policy: await pack(),
      data: connection,
      files: { media: edges.media },
      keys: edges.keys,
      ledger: edges.ledger,
      anchor: edges.anchor,
      mail: edges.mailer,
      clock: edges.clock,
      publicUrl: 'https://sdance.test/privacy',
      consoleUrl: 'https://sdance.test/console',
      mode: 'enforce',
      ...change,
      ...more,
    });
  const db = connection.db as unknown as mongoose.mongo.Db;
  return {
    kept: await open(),
    ...edges,
    db,
    restart: open,
    async close() {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}
