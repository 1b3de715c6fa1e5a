import type { mongo } from 'mongoose';
import { KeptError } from '../../kernel/keptError.ts';

/** The driver's database behind a connection. Throws DATABASE_MISSING before it is open. */
export function databaseOf(connection: { db?: unknown }, place = 'createKept'): mongo.Db {
  if (connection.db) return connection.db as mongo.Db;
  throw new KeptError('DATABASE_MISSING', 'The connection has no database yet', {
    place,
    remedy: 'Connect first: await mongoose.connect(…), then createKept.',
  });
}
