import { Cursors } from './cursors.ts';
import { Pool } from './pool.ts';
import { Transactions } from './transactions.ts';

const RETRY_MEMORY_MS = 10 * 60_000;

/** The state that all connections share. */
export interface Gateway {
  pool: Pool;
  cursors: Cursors;
  transactions: Transactions;
  /** Retryable writes under way, so that a second attempt waits for the first. */
  writesUnderWay: Map<string, Promise<unknown>>;
  startedAt: Date;
  counters: { commands: number; connections: number; connectionsEver: number };
  close(): Promise<void>;
}

/** Opens the way to an engine that listens in `socketFolder`. */
export function openGateway(socketFolder: string): Gateway {
  const pool = new Pool(socketFolder);
  const cursors = new Cursors((ids) => {
    pool.aside('SELECT documentdb_api_internal.delete_cursors($1::bigint[])', [ids.map(String)]).catch(() => {});
  });
  const transactions = new Transactions(pool);
  // The engine remembers retryable writes for ever; a session of MongoDB is forgotten after thirty minutes.
  const forgetting = setInterval(() => {
    pool
      .aside("DELETE FROM documentdb_data.retryable_writes WHERE write_time < now() - interval '30 minutes'", [])
      .catch(() => {});
    pool
      .aside("DELETE FROM kept_gateway.retryable_writes WHERE written < now() - interval '30 minutes'", [])
      .catch(() => {});
  }, RETRY_MEMORY_MS);
  return {
    pool,
    cursors,
    transactions,
    writesUnderWay: new Map(),
    startedAt: new Date(),
    counters: { commands: 0, connections: 0, connectionsEver: 0 },
    async close() {
      clearInterval(forgetting);
      cursors.close();
      transactions.close();
      await pool.close();
    },
  };
}
