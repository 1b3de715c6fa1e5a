import { MongoClient } from 'mongodb';
import { startDocumentDb } from './documentdb/service.ts';
import { NOT_FORCED } from './documentdb/settings.ts';
import { startMemoryServer } from './memoryServer.ts';
import { startMongod } from './mongod.ts';

/** A database to work with, and how to let go of it. */
export interface LocalDatabase {
  /** Names a replica set, unless it was given. */
  uri: string;
  kind: 'given' | 'mongod' | 'memory-server' | 'documentdb';
  /** One line for people: what it is, and where. */
  describe: string;
  /** Stops what was started; a given database is left alone. */
  close(): Promise<void>;
}

/** What may be chosen about the search. */
export interface FindOptions {
  /** Where engines are installed; the default is shared by all checkouts of a user. */
  cache?: string;
  /** A folder that keeps the data. Without it every run starts empty. */
  data?: string;
  /** Whether the data is thrown away at close; so by default, unless `data` is given. */
  fresh?: boolean;
  /** `false`: what is acknowledged outlives a process that is killed, but no fault of the whole machine; so it goes faster, where it is DocumentDB. */
  durable?: boolean;
  /** The port on the loopback address; a free one by default. */
  port?: number;
  /** Told what takes time. */
  log?: (line: string) => void;
  /** The environment to look in. */
  env?: Record<string, string | undefined>;
  /** Looks at these kinds only, in the usual order. */
  kinds?: readonly LocalDatabase['kind'][];
}

/** No database could be had; the message says what was tried and what helps. */
export class NoDatabaseFound extends Error {
  readonly code = 'LOCALDB_NONE_FOUND';
}

/** How long a database that was named may take to answer. */
const PATIENCE_MS = 5_000;

const REMEDY =
  'set MONGODB_URI=mongodb://…, or install mongod, or on Debian make its mirror reachable (DocumentDB is then installed without root; KEPT_LOCALDB_MIRROR names another mirror)';

type Start = (
  options: FindOptions & { log: (line: string) => void; fresh: boolean },
) => Promise<Omit<LocalDatabase, 'kind'>>;

const STARTS: readonly [LocalDatabase['kind'], Start][] = [
  ['given', useGiven],
  ['mongod', startMongod],
  ['memory-server', startMemoryServer],
  ['documentdb', useDocumentDb],
];

/** Finds or starts a database: `MONGODB_URI`, mongod on the PATH, one that mongodb-memory-server fetches, DocumentDB. */
export async function findDatabase(options: FindOptions = {}): Promise<LocalDatabase> {
  const chosen = { ...options, log: options.log ?? (() => {}), fresh: options.fresh ?? options.data === undefined };
  const tried: string[] = [];
  for (const [kind, start] of STARTS) {
    if (options.kinds && !options.kinds.includes(kind)) continue;
    try {
      return { kind, ...(await start(chosen)) };
    } catch (error) {
      if (error instanceof NoDatabaseFound) throw error;
      tried.push(`${kind}: ${oneLine(error)}`);
    }
  }
  throw new NoDatabaseFound(`no database found (${tried.join('; ')}). Remedy: ${REMEDY}`);
}

/** A database that somebody named and that does not answer is not quietly replaced by another. */
async function useGiven({ env = process.env }: FindOptions): Promise<Omit<LocalDatabase, 'kind'>> {
  const uri = env.MONGODB_URI;
  if (!uri) throw new Error('MONGODB_URI is not set');
  const named = `the database that MONGODB_URI names (${withoutCredentials(uri)})`;
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: PATIENCE_MS });
  try {
    await client.db('admin').command({ ping: 1 });
  } catch (error) {
    const why = (error as { name?: string }).name ?? 'Error';
    throw new NoDatabaseFound(
      `${named} does not answer (${why}). Remedy: check the address and that it runs, or unset MONGODB_URI`,
    );
  } finally {
    await client.close();
  }
  return { uri, describe: named, close: async () => {} };
}

async function useDocumentDb(options: Parameters<Start>[0]): Promise<Omit<LocalDatabase, 'kind'>> {
  const service = await startDocumentDb({ ...options, ...(options.durable === false && { settings: NOT_FORCED }) });
  const where = options.data ? `data in ${service.home}` : 'data thrown away at the end';
  return {
    uri: service.uri,
    describe: `DocumentDB on PostgreSQL 18 at ${new URL(service.uri).host}, this machine only, ${where}`,
    close: service.close,
  };
}

function withoutCredentials(uri: string): string {
  return uri.replace(/\/\/[^/]*@/, '//').replace(/\?.*$/, '');
}

function oneLine(error: unknown): string {
  return String((error as Error)?.message ?? error)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}
