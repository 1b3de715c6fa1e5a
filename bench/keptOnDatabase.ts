import { randomUUID } from 'node:crypto';
import {
  createKept,
  type FileStore,
  type Kept,
  loadPack,
  memoryFiles,
  memoryKeys,
  memoryLedger,
  memoryMailer,
  settableClock,
} from '@kept/core';
import { findDatabase } from '@kept/localdb';
import mongoose, { type Connection } from 'mongoose';

export const NOW: Date = new Date('2026-03-03T08:00:00Z');

export interface KeptOnDatabase {
  readonly connection: Connection;
  readonly kept: Kept;
  /** Opens Kept once more, as another process would that has read nothing yet. */
  reopened(): Promise<Kept>;
  close(): Promise<void>;
}

/** Kept with the pack sdance-ai, enforcing, on a database of its own; everything else is in memory. */
export async function keptOnDatabase(media: FileStore = memoryFiles()): Promise<KeptOnDatabase> {
  const database = await findDatabase();
  const dbName = `bench_${randomUUID().slice(0, 8)}`;
  const connection = await mongoose.createConnection(database.uri, { dbName }).asPromise();
  const options = {
    policy: await loadPack('sdance-ai'),
    data: connection,
    files: { media },
    keys: memoryKeys(),
    ledger: memoryLedger(),
    mail: memoryMailer(),
    clock: settableClock(NOW),
    publicUrl: 'https://bench.test/privacy',
    mode: 'enforce',
  } as const;
  return {
    connection,
    kept: await createKept(options),
    reopened: () => createKept(options),
    async close() {
      await connection.dropDatabase();
      await connection.close();
      await database.close();
    },
  };
}
