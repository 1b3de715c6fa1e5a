import path from 'node:path';
import { foldersIn } from './documentdb/folders.ts';
import type { FindOptions, LocalDatabase } from './find.ts';

/** After this long without an answer, the server that has the downloads counts as out of reach. */
export const REACH_LIMIT_MS = 3_000;

/** Starts a mongod that mongodb-memory-server has fetched, or fetches now if its server can be reached. */
export async function startMemoryServer(
  options: FindOptions & { log: (line: string) => void },
): Promise<Omit<LocalDatabase, 'kind'>> {
  const { MongoMemoryReplSet } = await import('mongodb-memory-server-core');
  const downloadDir = path.join(foldersIn(options.cache).cache, 'mongod');
  if (!(await isFetched(downloadDir))) {
    await expectReachable();
    options.log('fetching mongod (once for this machine) …');
  }
  const instance = { ...(options.port && { port: options.port }), ip: '127.0.0.1' };
  const server = await MongoMemoryReplSet.create({
    binary: { downloadDir },
    instanceOpts: [instance],
    replSet: { count: 1, name: 'rs0', ip: '127.0.0.1', storageEngine: 'wiredTiger' },
  });
  const uri = server.getUri();
  return {
    uri,
    describe: `mongod fetched by mongodb-memory-server at ${new URL(uri).host}, this machine only, data thrown away at the end`,
    close: async () => {
      await server.stop({ doCleanup: true });
    },
  };
}

async function isFetched(downloadDir: string): Promise<boolean> {
  const { DryMongoBinary } = await import('mongodb-memory-server-core/lib/util/DryMongoBinary.js');
  const options = await DryMongoBinary.generateOptions({ downloadDir });
  return (await DryMongoBinary.locateBinary(options)) !== undefined;
}

async function expectReachable(): Promise<void> {
  const { DryMongoBinary } = await import('mongodb-memory-server-core/lib/util/DryMongoBinary.js');
  const { MongoBinaryDownloadUrl } = await import('mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl.js');
  const url = await new MongoBinaryDownloadUrl(await DryMongoBinary.generateOptions({})).getDownloadUrl();
  const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(REACH_LIMIT_MS) }).catch(
    () => undefined,
  );
  if (!answer?.ok) throw new Error('its server cannot be reached');
}
