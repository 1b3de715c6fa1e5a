import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';

/** An empty database of its own on the real server. */
export async function aDatabase(): Promise<{ db: mongoose.mongo.Db; close: () => Promise<void> }> {
  const uri = process.env.KEPT_TEST_MONGODB_URI;
  if (!uri) throw new Error('KEPT_TEST_MONGODB_URI is not set: run the tests with npm test');
  const dbName = `c_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const connection = await mongoose.createConnection(uri, { dbName }).asPromise();
  return {
    db: connection.db as unknown as mongoose.mongo.Db,
    async close() {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}
