import type { Document } from 'bson';
import { CODE } from './codes.ts';
import { CommandError } from './errors.ts';
import type { Gateway } from './gateway.ts';
import type { Reserved, Row, Watcher } from './pool.ts';
import type { Transaction } from './transactions.ts';
import type { Message } from './wire.ts';

/** What a handler returns: a document, or the bytes of one. */
export type Reply = Document | Buffer;

/** A client's connection, as far as commands know it. */
export interface Connection {
  id: number;
  /** The address that the client reached us at. */
  address: string;
  remote: string;
}

const READS = new Set(['find', 'getMore', 'aggregate', 'count', 'distinct', 'explain']);

/** One command being carried out. */
export class Call {
  readonly gateway: Gateway;
  readonly connection: Connection;
  readonly message: Message;
  readonly command: Document;
  /** The name of the command: the first field. */
  readonly name: string;
  transaction: Transaction | undefined;
  #running: number | undefined;
  #cancelling: Promise<unknown> | undefined;

  constructor(gateway: Gateway, connection: Connection, message: Message) {
    this.gateway = gateway;
    this.connection = connection;
    this.message = message;
    this.command = message.command;
    this.name = Object.keys(message.command)[0] ?? '';
  }

  /** The command's bytes, for the engine. */
  get body(): Buffer {
    return this.message.body;
  }

  get database(): string {
    const name = this.command.$db;
    if (typeof name !== 'string') throw new CommandError(CODE.badValue, 'the command names no $db');
    return name;
  }

  /** The collection that the command names in its first field. */
  get collection(): string {
    const name = this.command[this.name];
    if (typeof name !== 'string') {
      throw new CommandError(CODE.invalidNamespace, `collection name has invalid type ${typeof name}`);
    }
    if (name === '') throw new CommandError(CODE.invalidNamespace, `Invalid namespace specified '${this.database}.'`);
    return name;
  }

  /** The logical session, as text. */
  get session(): string | undefined {
    const id = this.command.lsid?.id;
    return id?.buffer ? Buffer.from(id.buffer).toString('hex') : undefined;
  }

  /** Set for retryable writes and in transactions. */
  get transactionNumber(): bigint | undefined {
    const number = this.command.txnNumber;
    return number === undefined ? undefined : BigInt(number);
  }

  /** Whether the client may send this write once more and expects it to happen once. */
  get isRetryable(): boolean {
    return this.transactionNumber !== undefined && this.command.autocommit === undefined;
  }

  /** Runs a statement inside the command's transaction, or on its own. */
  async query(text: string, values?: unknown[]): Promise<Row[]> {
    if (this.transaction) return (this.transaction.reserved as Reserved).query(text, values);
    return this.gateway.pool.query(text, values, this.#watcher);
  }

  /** Stops what is being read for a client that has gone. A write goes on, as in MongoDB. */
  abandon(): void {
    if (this.#running === undefined || !READS.has(this.name)) return;
    this.#cancelling = this.gateway.pool.aside('SELECT pg_cancel_backend($1)', [this.#running]).catch(() => {});
  }

  readonly #watcher: Watcher = {
    started: (processId) => {
      this.#running = processId;
    },
    finished: async () => {
      this.#running = undefined;
      await this.#cancelling;
    },
  };
}
