import path from 'node:path';
import { foldersIn } from './documentdb/folders.ts';
import type { FindOptions, LocalDatabase } from './find.ts';
import { runMongod } from './runMongod.ts';

/** After this long without an answer, the server that has the downloads counts as out of reach. */
const REACH_LIMIT_MS = 3_000;

/** Starts a mongod that mongodb-memory-server has fetched, or fetches now if its server can be reached. */
export async function startMemoryServer(
  options: FindOptions & { log: (line: string) => void; fresh: boolean },
): Promise<Omit<LocalDatabase, 'kind'>> {
  const { DryMongoBinary } = await import('mongodb-memory-server-core/lib/util/DryMongoBinary.js');
  const wanted = await DryMongoBinary.generateOptions({
    downloadDir: path.join(foldersIn(options.cache).cache, 'mongod'),
  });
  const program = (await DryMongoBinary.locateBinary(wanted)) ?? (await fetchMongod(wanted, options.log));
  return runMongod(program, 'mongod fetched by mongodb-memory-server', options);
}

type Wanted = { version: string; platform: string; arch: string; downloadDir: string };

async function fetchMongod(wanted: Wanted, log: (line: string) => void): Promise<string> {
  const { MongoBinaryDownloadUrl } = await import('mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl.js');
  const url = await new MongoBinaryDownloadUrl(wanted).getDownloadUrl();
  const signal = AbortSignal.timeout(REACH_LIMIT_MS);
  const answer = await fetch(url, { method: 'HEAD', signal }).catch(() => undefined);
  if (!answer?.ok) throw new Error('its server cannot be reached');
  log('fetching mongod (once for this machine) …');
  const { MongoBinary } = await import('mongodb-memory-server-core/lib/util/MongoBinary.js');
  return MongoBinary.getPath({ downloadDir: wanted.downloadDir });
}
