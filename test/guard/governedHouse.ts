import { randomUUID } from 'node:crypto';
import {
  createKept,
  type Finding,
  governs,
  type Kept,
  type KeptOptions,
  loadPack,
  memoryAnchor,
  memoryFiles,
  memoryKeys,
  memoryLedger,
  memoryMailer,
  settableClock,
} from '@kept/core';
import mongoose, { type Connection, type Model, Schema, type SchemaDefinition } from 'mongoose';
import { START } from '../support/scene.ts';

/** A host whose models are governed, on a database of its own. */
export interface GovernedHouse {
  readonly connection: Connection;
  readonly kept: Kept;
  /** A governed model; its schema lets everything through, so that nothing but the guard can stop it. */
  model(name: string, fields?: SchemaDefinition, options?: object): Model<Loose>;
  /** What the database holds, past all models. */
  stored(name: string): Promise<Record<string, unknown>[]>;
  findings(): Promise<readonly Pick<Finding, 'code' | 'place' | 'times'>[]>;
  restart(change?: Partial<KeptOptions>): Promise<Kept>;
  close(): Promise<void>;
}

export type Loose = Record<string, unknown>;

export async function governedHouse(change: Partial<KeptOptions> = {}): Promise<GovernedHouse> {
  const { connection, close } = await aConnection();
  const open = async (more: Partial<KeptOptions> = {}): Promise<Kept> =>
    createKept({
      policy: await loadPack('sdance-ai'),
      data: connection,
      files: { media: memoryFiles() },
      keys: memoryKeys(),
      ledger: memoryLedger(),
      anchor: memoryAnchor(),
      mail: memoryMailer(),
      clock: settableClock(START),
      publicUrl: 'https://guard.test/privacy',
      mode: 'enforce',
      ...change,
      ...more,
    });
  const kept = await open();
  return {
    connection,
    kept,
    model: (name, fields, options) => governedModel(connection, name, fields, options),
    stored: (name) => storedIn(connection, name),
    findings: async () => (await kept.findings.open()).map(({ code, place, times }) => ({ code, place, times })),
    restart: open,
    close,
  };
}

export async function aConnection(): Promise<{ connection: Connection; close(): Promise<void> }> {
  const uri = process.env.KEPT_TEST_MONGODB_URI;
  if (!uri) throw new Error('KEPT_TEST_MONGODB_URI is not set: run the tests with npm test');
  const dbName = `g_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const connection = await mongoose.createConnection(uri, { dbName }).asPromise();
  return {
    connection,
    async close() {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

export function governedModel(
  connection: Connection,
  name: string,
  fields: SchemaDefinition = {},
  options: object = {},
): Model<Loose> {
  const schema = new Schema<Loose>(fields as never, { collection: name, strict: false, ...options });
  schema.plugin(governs(name));
  return connection.model<Loose>(`${name}${Object.keys(connection.models).length}`, schema);
}

export async function storedIn(connection: Connection, name: string): Promise<Record<string, unknown>[]> {
  return (await connection.db?.collection(name).find().sort({ _id: 1 }).toArray()) ?? [];
}
