import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';

export interface Database {
  readonly db: mongoose.mongo.Db;
  /** Tells of every command and its reply. */
  readonly client: mongoose.mongo.MongoClient;
  close(): Promise<void>;
}

/** An empty database of its own on the real server. */
export async function aDatabase(): Promise<Database> {
  const uri = process.env.KEPT_TEST_MONGODB_URI;
  if (!uri) throw new Error('KEPT_TEST_MONGODB_URI is not set: run the tests with npm test');
  const dbName = `c_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const connection = await mongoose.createConnection(uri, { dbName, monitorCommands: true }).asPromise();
  return {
    db: connection.db as unknown as mongoose.mongo.Db,
    client: connection.getClient(),
    async close() {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}
