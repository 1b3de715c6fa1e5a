import {
  createKept,
  diskFiles,
  type FileStore,
  fileAnchor,
  fileKeys,
  fileLedger,
  type Kept,
  loadPack,
  memoryMailer,
  settableClock,
} from '@kept/core';
import mongoose from 'mongoose';

/** Kept as a process of its own: everything that outlives it lies in the database and in one directory. */
export interface Lasting {
  readonly uri: string;
  readonly dbName: string;
  readonly directory: string;
  readonly at: Date;
}

export async function open(
  { uri, dbName, directory, at }: Lasting,
  watch: (media: FileStore) => FileStore = (media) => media,
): Promise<{ kept: Kept; mailer: ReturnType<typeof memoryMailer>; db: mongoose.mongo.Db; close(): Promise<void> }> {
  const connection = await mongoose.createConnection(uri, { dbName }).asPromise();
  const mailer = memoryMailer();
  const kept = await createKept({
    policy: await loadPack('sdance-ai'),
    data: connection,
    files: { media: watch(diskFiles(`${directory}/media`)) },
    keys: fileKeys(`${directory}/keys`),
    ledger: fileLedger(`${directory}/ledger`),
    anchor: fileAnchor(`${directory}/anchor`),
    mail: mailer,
    clock: settableClock(at),
    publicUrl: 'https://sdance.test/privacy',
    mode: 'enforce',
  });
  return { kept, mailer, db: connection.db as unknown as mongoose.mongo.Db, close: () => connection.close() };
}

/** Runs what is approved, tells of each file that it removed, and waits a little after each, so that it can be killed there. */
async function main(): Promise<void> {
  const { kept } = await open(JSON.parse(process.argv[2] ?? '{}', revive), (media) => ({
    ...media,
    async remove(keys) {
      const removed: Awaited<ReturnType<FileStore['remove']>> = [];
      for (const key of keys) {
        removed.push(...(await media.remove([key])));
        process.stdout.write(`${key}\n`);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      return removed;
    },
  }));
  await kept.requests.advance();
  process.stdout.write('done\n');
}

function revive(key: string, value: unknown): unknown {
  return key === 'at' ? new Date(String(value)) : value;
}

if (process.argv[1] === import.meta.filename) await main();
