import pg from 'pg';
import { DATABASE_USER } from '../documentdb/settings.ts';

/** One row of a result; the values are what the statement selects. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of a row is known by its statement alone.
export type Row = Record<string, any>;

/** A connection that one transaction or one batch has to itself. */
export interface Reserved {
  query(text: string, values?: unknown[]): Promise<Row[]>;
  /** Gives the connection back, or ends it where its state is not known. */
  release(broken?: boolean): void;
}

/** Told the id of the server process before a statement runs, and its end after. */
export interface Watcher {
  started(processId: number): void;
  /** Awaited before another call may use the connection. */
  finished(): Promise<void>;
}

// Plain commands that wait for a lock must not keep open transactions from getting a connection.
const PLAIN_CONNECTIONS = 32;
const RESERVED_CONNECTIONS = 96;
const ASIDE_CONNECTIONS = 4;
const IDLE_MS = 60_000;

/** Connections to the engine, in three groups: for plain commands, for transactions, and for what must never wait. */
export class Pool {
  readonly #plain: pg.Pool;
  readonly #reserved: pg.Pool;
  readonly #aside: pg.Pool;

  constructor(socketFolder: string) {
    const open = (max: number): pg.Pool => {
      const pool = new pg.Pool({
        ...{ host: socketFolder, user: DATABASE_USER, database: 'postgres', max, idleTimeoutMillis: IDLE_MS },
        application_name: 'kept-gateway',
      });
      // A connection that breaks while idle is only taken out of the pool.
      pool.on('error', () => {});
      return pool;
    };
    this.#plain = open(PLAIN_CONNECTIONS);
    this.#reserved = open(RESERVED_CONNECTIONS);
    this.#aside = open(ASIDE_CONNECTIONS);
  }

  /** Runs one statement on whichever connection is free. */
  async query(text: string, values?: unknown[], watcher?: Watcher): Promise<Row[]> {
    const client = await this.#plain.connect();
    client.on('error', ignore);
    let failure: unknown;
    watcher?.started((client as unknown as { processID: number }).processID);
    try {
      return await run(client, text, values);
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      await watcher?.finished();
      client.off('error', ignore);
      client.release(failure !== undefined && !isServerError(failure));
    }
  }

  /** Runs a statement that waits for no lock, such as a look at the catalogue, even when all other connections wait. */
  async aside(text: string, values: unknown[]): Promise<Row[]> {
    return (await this.#aside.query(text, values)).rows;
  }

  /** Takes a connection out for a sequence of statements. */
  async reserve(): Promise<Reserved> {
    const client = await this.#reserved.connect();
    client.on('error', ignore);
    return {
      query: (text, values) => run(client, text, values),
      release(broken = false) {
        client.off('error', ignore);
        client.release(broken);
      },
    };
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.#plain.end(), this.#reserved.end(), this.#aside.end()]);
  }
}

function ignore(): void {}

// After an error that the server itself reported, the connection is as good as before.
function isServerError(error: unknown): boolean {
  const { severity } = error as { severity?: string };
  return severity === 'ERROR';
}

const names = new Map<string, string>();

// Statements with parameters are few and constant, so each is prepared once per connection.
async function run(client: pg.PoolClient, text: string, values?: unknown[]): Promise<Row[]> {
  if (!values) return (await client.query(text)).rows ?? [];
  let name = names.get(text);
  if (!name) {
    name = `kept_${names.size}`;
    names.set(text, name);
  }
  return (await client.query({ name, text, values })).rows;
}
