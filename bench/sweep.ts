import { randomUUID } from 'node:crypto';
import { createKept, loadPack, memoryFiles, memoryKeys, memoryLedger, memoryMailer, settableClock } from '@kept/core';
import { findDatabase } from '@kept/localdb';
import mongoose from 'mongoose';
import { compare } from './ratio.ts';

const COUNT = 5_000;
const NOW = new Date('2026-03-03T08:00:00Z');
const DAY_MS = 86_400_000;

/** The sweep of overdue logs, with holds, units and evidence, against one bare deleteMany of the same range. */
export async function benchSweep(): Promise<void> {
  const database = await findDatabase();
  const connection = await mongoose
    .createConnection(database.uri, { dbName: `bench_${randomUUID().slice(0, 8)}` })
    .asPromise();
  const logs = connection.collection('apiLogs');
  await logs.createIndex({ at: 1 });
  const kept = await createKept({
    policy: await loadPack('sdance-ai'),
    data: connection,
    files: { media: memoryFiles() },
    keys: memoryKeys(),
    ledger: memoryLedger(),
    mail: memoryMailer(),
    clock: settableClock(NOW),
    publicUrl: 'https://bench.test/privacy',
    mode: 'enforce',
  });
  const fill = async (): Promise<void> => {
    const at = new Date(NOW.getTime() - 100 * DAY_MS);
    await logs.insertMany(
      Array.from({ length: COUNT }, () => ({ keyId: 'k', at, method: 'GET', path: '/', status: 200 })),
    );
  };
  const counted = async (remove: () => Promise<unknown>): Promise<number> => {
    await remove();
    return COUNT;
  };
  await compare(`Retention sweep of ${COUNT} records`, 'records', [
    {
      name: 'deleteMany, the limit',
      prepare: fill,
      run: () => counted(() => logs.deleteMany({ at: { $lte: NOW } })),
    },
    {
      name: 'kept.retention.sweep',
      prepare: fill,
      run: () => counted(() => kept.retention.sweep({ rule: 'api-logs' })),
    },
  ]);
  await connection.dropDatabase();
  await connection.close();
  await database.close();
}
