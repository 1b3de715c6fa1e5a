import { CODE } from './codes.ts';
import { CommandError } from './errors.ts';
import type { Transaction } from './transactions.ts';

const IDLE_LIMIT_MS = 10 * 60_000;

/** A result that is not read to its end. */
export interface Cursor {
  id: bigint;
  database: string;
  collection: string;
  /** Where the engine goes on; it holds no connection. */
  continuation: Buffer;
  transaction: Transaction | undefined;
  session: string | undefined;
  keepsForever: boolean;
  usedAt: number;
}

/** The open cursors; those that nobody reads from for ten minutes are closed. */
export class Cursors {
  readonly #byId = new Map<bigint, Cursor>();
  readonly #closed: (ids: bigint[]) => void;
  readonly #sweeper: NodeJS.Timeout;

  /** `closed` is told which cursors end early. */
  constructor(closed: (ids: bigint[]) => void) {
    this.#closed = closed;
    this.#sweeper = setInterval(() => this.#sweep(), 30_000);
  }

  get size(): number {
    return this.#byId.size;
  }

  add(cursor: Omit<Cursor, 'usedAt'>): void {
    this.#byId.set(cursor.id, { ...cursor, usedAt: performance.now() });
  }

  /** The cursor for the next batch. */
  use(id: bigint, database: string, collection: unknown): Cursor {
    const cursor = this.#byId.get(id);
    const transactionOver = cursor?.transaction && cursor.transaction.state !== 'open';
    if (!cursor || transactionOver) throw new CommandError(CODE.cursorNotFound, `cursor id ${id} not found`);
    if (cursor.database !== database || cursor.collection !== collection) {
      const asked = `${database}.${collection}`;
      throw new CommandError(
        13,
        `Requested getMore on namespace '${asked}', but cursor belongs to a different namespace`,
      );
    }
    cursor.usedAt = performance.now();
    return cursor;
  }

  /** The cursor is read to its end. */
  finish(id: bigint): void {
    this.#byId.delete(id);
  }

  /** Closes cursors early and says which of them existed. */
  kill(ids: bigint[]): bigint[] {
    const known = ids.filter((id) => this.#byId.delete(id));
    if (known.length > 0) this.#closed(known);
    return known;
  }

  endSession(session: string): void {
    this.kill([...this.#byId.values()].filter((cursor) => cursor.session === session).map((cursor) => cursor.id));
  }

  close(): void {
    clearInterval(this.#sweeper);
  }

  #sweep(): void {
    const limit = performance.now() - IDLE_LIMIT_MS;
    const idle = [...this.#byId.values()].filter((cursor) => cursor.usedAt < limit && !cursor.keepsForever);
    this.kill(idle.map((cursor) => cursor.id));
  }
}
