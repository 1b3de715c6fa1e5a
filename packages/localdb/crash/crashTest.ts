import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { serverOf } from '../src/documentdb/leftovers.ts';
import { startDocumentDb } from '../src/documentdb/service.ts';
import { type Acknowledged, collectionsOf, startWriters } from './writers.ts';

/** How hard the engine is treated. */
export interface CrashOptions {
  /** How often it is killed while it writes. */
  kills: number;
  /** How long it writes before each kill. */
  writeMs: number;
  /** Whether the driver sends a write once more after an error. */
  retryWrites?: boolean;
  /** Settings of the server; the negative control switches durability off here. */
  settings?: Record<string, string>;
  log?: (line: string) => void;
}

/** What became of the acknowledged writes. */
export interface CrashReport {
  kills: number;
  inserts: number;
  lostInserts: number;
  transactions: number;
  lostTransactions: number;
  /** Documents of a transaction that stand in one of its two collections only. */
  torn: number;
  increments: number;
  /** Increments that were acknowledged and are not in the counter. */
  lostIncrements: number;
  /** Increments that happened more often than they were asked for. */
  surplusIncrements: number;
  /** Whether reading by index and reading everything give the same number. */
  indexAgrees: boolean;
}

/** With these settings acknowledged writes stay in memory for seconds: a harness that sees nothing lost then sees nothing. */
export const NOT_DURABLE: Record<string, string> = {
  synchronous_commit: 'off',
  wal_writer_delay: '10s',
  wal_writer_flush_after: '1GB',
  wal_buffers: '64MB',
};

const RETURN_LIMIT_MS = 30_000;

/** Kills the engine in mid-write, again and again, and counts what is missing afterwards. */
export async function crashTest(options: CrashOptions): Promise<CrashReport> {
  const log = options.log ?? (() => {});
  const service = await startDocumentDb({ fresh: true, settings: options.settings, log });
  const client = new MongoClient(service.uri, { retryWrites: options.retryWrites ?? false, retryReads: true });
  try {
    await client.connect();
    const db = client.db('crash');
    const writers = await startWriters(client, db);
    for (let kill = 1; kill <= options.kills; kill++) {
      await pause(options.writeMs);
      const before = writers.acknowledged.inserts.length;
      await killServer(service.home);
      await answersAgain(client);
      log(`kill ${kill}: ${before} inserts acknowledged so far`);
    }
    await writers.stop();
    return await compare(client, writers.acknowledged, options.kills);
  } finally {
    await client.close();
    await service.close();
  }
}

/** Kills the server with all its children; stopped first, it cannot tidy up in between. */
async function killServer(home: string): Promise<void> {
  const server = await serverOf(home);
  if (server === undefined) throw new Error('the server is not running');
  process.kill(server, 'SIGSTOP');
  const family = [...(await childrenOf(server)), server];
  for (const pid of family) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
}

async function childrenOf(parent: number): Promise<number[]> {
  const children: number[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    if (Number(fields[1]) === parent) children.push(Number(pid));
  }
  return children;
}

async function answersAgain(client: MongoClient): Promise<void> {
  const giveUpAt = performance.now() + RETURN_LIMIT_MS;
  const { counters } = collectionsOf(client.db('crash'));
  for (;;) {
    try {
      await counters.findOne({});
      return;
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
      await pause(20);
    }
  }
}

async function compare(client: MongoClient, acknowledged: Acknowledged, kills: number): Promise<CrashReport> {
  const { inserts, first, second, counters } = collectionsOf(client.db('crash'));
  const idsIn = async (collection: typeof inserts): Promise<Set<string>> =>
    new Set((await collection.find({}, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id));
  const missingFrom = (ids: string[], found: Set<string>): number => ids.filter((id) => !found.has(id)).length;
  const [inserted, inFirst, inSecond] = [await idsIn(inserts), await idsIn(first), await idsIn(second)];
  const counted = (await counters.findOne({}))?.n ?? 0;
  // Without durability the index itself may be lost.
  const byIndex = await inserts
    .countDocuments({ at: { $gt: new Date(0) } }, { hint: { at: 1 } })
    .catch(() => undefined);
  return {
    kills,
    inserts: acknowledged.inserts.length,
    lostInserts: missingFrom(acknowledged.inserts, inserted),
    transactions: acknowledged.transactions.length,
    lostTransactions: missingFrom(acknowledged.transactions, inFirst),
    torn: missingFrom([...inFirst], inSecond) + missingFrom([...inSecond], inFirst),
    increments: acknowledged.increments,
    lostIncrements: Math.max(0, acknowledged.increments - counted),
    surplusIncrements: Math.max(0, counted - acknowledged.incrementsTried),
    indexAgrees: byIndex === inserted.size,
  };
}
