import { CODE } from './codes.ts';
import { CommandError, isConnectionLoss } from './errors.ts';
import type { Pool, Reserved } from './pool.ts';

const LIFETIME_MS = 60_000;
const REMEMBER_MS = 30 * 60_000;
const BEGIN = "START TRANSACTION ISOLATION LEVEL REPEATABLE READ; SET LOCAL lock_timeout = '20ms'";

/** A multi-document transaction: one connection of the engine, one session of a client. */
export interface Transaction {
  session: string;
  number: bigint;
  state: 'open' | 'committing' | 'committed' | 'aborted';
  reserved: Reserved | undefined;
  /** The engine's id of it, by which its outcome can be asked for after a lost connection. */
  engineId?: string | undefined;
  startedAt: number;
  /** The client connections that took part. */
  connections: Set<number>;
}

const transient = { errorLabels: ['TransientTransactionError'] };

/** The transactions of all sessions. */
export class Transactions {
  readonly #pool: Pool;
  readonly #bySession = new Map<string, Transaction>();
  readonly #sweeper: NodeJS.Timeout;

  constructor(pool: Pool) {
    this.#pool = pool;
    this.#sweeper = setInterval(() => this.#sweep(), 1_000);
  }

  /** Starts a transaction; an open one of the same session is given up. */
  async begin(session: string, number: bigint, connection: number): Promise<Transaction> {
    const earlier = this.#bySession.get(session);
    if (earlier && earlier.number > number) {
      throw new CommandError(
        CODE.transactionTooOld,
        `Cannot start transaction ${number}: ${earlier.number} has started`,
      );
    }
    if (earlier && earlier.number === number) {
      throw new CommandError(
        50911,
        `Cannot start a transaction at given transaction number ${number}: it exists already`,
      );
    }
    if (earlier) await this.#rollBack(earlier);
    const reserved = await this.#pool.reserve();
    try {
      await reserved.query(BEGIN);
    } catch (error) {
      reserved.release(true);
      throw error;
    }
    const startedAt = performance.now();
    const transaction: Transaction = {
      session,
      number,
      state: 'open',
      reserved,
      startedAt,
      connections: new Set([connection]),
    };
    this.#bySession.set(session, transaction);
    return transaction;
  }

  /** The open transaction that a command belongs to. */
  find(session: string, number: bigint, connection: number): Transaction {
    const transaction = this.#bySession.get(session);
    if (transaction?.number !== number || transaction.state === 'aborted') throw noSuchTransaction(number);
    if (transaction.state !== 'open') {
      throw new CommandError(CODE.transactionCommitted, `Transaction ${number} has been committed.`);
    }
    transaction.connections.add(connection);
    return transaction;
  }

  /** Commits; asked again, it tells the outcome of the first time. */
  async commit(session: string, number: bigint): Promise<void> {
    const transaction = this.#bySession.get(session);
    if (transaction?.number !== number || transaction.state === 'aborted') throw noSuchTransaction(number);
    if (transaction.state === 'committed') return;
    if (transaction.state === 'committing') return this.#outcome(transaction);
    const reserved = transaction.reserved as Reserved;
    try {
      transaction.engineId =
        (await reserved.query('SELECT pg_current_xact_id_if_assigned()::text AS id'))[0]?.id ?? undefined;
      transaction.state = 'committing';
      await reserved.query('COMMIT');
      transaction.state = 'committed';
      this.#letGo(transaction, false);
    } catch (error) {
      if (transaction.state === 'committing' && isConnectionLoss(error)) {
        this.#letGo(transaction, true);
        throw error;
      }
      await this.#rollBack(transaction);
      throw noSuchTransaction(number);
    }
  }

  // The connection broke between the engine's commit and its answer, so the engine is asked what became of it.
  async #outcome(transaction: Transaction): Promise<void> {
    if (transaction.engineId === undefined) {
      transaction.state = 'committed';
      return;
    }
    const rows = await this.#pool.aside('SELECT pg_xact_status($1::xid8) AS status', [transaction.engineId]);
    if (rows[0]?.status === 'committed') {
      transaction.state = 'committed';
      return;
    }
    transaction.state = 'aborted';
    throw noSuchTransaction(transaction.number);
  }

  /** Aborts at the client's wish. */
  async abort(session: string, number: bigint): Promise<void> {
    const transaction = this.#bySession.get(session);
    if (transaction?.number !== number || transaction.state === 'aborted') throw noSuchTransaction(number);
    if (transaction.state !== 'open') {
      throw new CommandError(CODE.transactionCommitted, `Transaction ${number} has been committed.`);
    }
    await this.#rollBack(transaction);
  }

  /** Any failed command ends its transaction. */
  async fail(transaction: Transaction): Promise<void> {
    await this.#rollBack(transaction);
  }

  /** The end of a session. */
  async endSession(session: string): Promise<void> {
    const transaction = this.#bySession.get(session);
    this.#bySession.delete(session);
    if (transaction) await this.#rollBack(transaction);
  }

  /** Gives up what only this connection took part in: nobody is left to finish it. */
  async disconnected(connection: number): Promise<void> {
    for (const transaction of this.#bySession.values()) {
      if (transaction.connections.delete(connection) && transaction.connections.size === 0)
        await this.#rollBack(transaction);
    }
  }

  close(): void {
    clearInterval(this.#sweeper);
  }

  async #rollBack(transaction: Transaction): Promise<void> {
    if (transaction.state !== 'open' || !transaction.reserved) return;
    transaction.state = 'aborted';
    const broken = await transaction.reserved.query('ROLLBACK').then(
      () => false,
      () => true,
    );
    this.#letGo(transaction, broken);
  }

  #letGo(transaction: Transaction, broken: boolean): void {
    transaction.reserved?.release(broken);
    transaction.reserved = undefined;
  }

  #sweep(): void {
    for (const [session, transaction] of this.#bySession) {
      const age = performance.now() - transaction.startedAt;
      if (transaction.state === 'open' && age > LIFETIME_MS) void this.#rollBack(transaction);
      if (transaction.state !== 'open' && age > REMEMBER_MS) this.#bySession.delete(session);
    }
  }
}

function noSuchTransaction(number: bigint): CommandError {
  const message = `Given transaction number ${number} does not match any in-progress transactions.`;
  return new CommandError(CODE.noSuchTransaction, message, transient);
}
