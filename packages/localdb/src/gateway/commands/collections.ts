import type { Call, Reply } from '../call.ts';
import { CODE } from '../codes.ts';
import { CommandError } from '../errors.ts';

export async function create(call: Call): Promise<Reply> {
  const sql = 'SELECT documentdb_api.create_collection_view($1, $2::bytea)::bytea AS reply';
  requireName(call);
  return (await call.query(sql, [call.database, call.body]))[0]?.reply;
}

export async function drop(call: Call): Promise<Reply> {
  const namespace = `${call.database}.${call.collection}`;
  const [row] = await call.query('SELECT documentdb_api.drop_collection($1, $2) AS existed', [
    call.database,
    call.collection,
  ]);
  return row?.existed ? { ns: namespace, nIndexesWas: 1, ok: 1 } : { ok: 1 };
}

export async function dropDatabase(call: Call): Promise<Reply> {
  await call.query('SELECT documentdb_api.drop_database($1)', [call.database]);
  return { dropped: call.database, ok: 1 };
}

export async function rename(call: Call): Promise<Reply> {
  const sql = 'SELECT documentdb_api.rename_collection($1::bytea::documentdb_core.bson)::bytea AS reply';
  return (await call.query(sql, [call.body]))[0]?.reply;
}

export async function modify(call: Call): Promise<Reply> {
  const sql = 'SELECT documentdb_api.coll_mod($1, $2, $3::bytea)::bytea AS reply';
  return (await call.query(sql, [call.database, call.collection, call.body]))[0]?.reply;
}

export async function collectionStatistics(call: Call): Promise<Reply> {
  const sql = 'SELECT documentdb_api.coll_stats($1, $2, $3)::bytea AS reply';
  return (await call.query(sql, [call.database, call.collection, Number(call.command.scale ?? 1)]))[0]?.reply;
}

export async function databaseStatistics(call: Call): Promise<Reply> {
  const sql = 'SELECT documentdb_api.db_stats($1, $2)::bytea AS reply';
  return (await call.query(sql, [call.database, Number(call.command.scale ?? 1)]))[0]?.reply;
}

export async function listDatabases(call: Call): Promise<Reply> {
  const sql = 'SELECT documentdb_api.list_databases($1::bytea)::bytea AS reply';
  return (await call.query(sql, [call.body]))[0]?.reply;
}

export async function validate(call: Call): Promise<Reply> {
  const sql = 'SELECT document::bytea AS reply FROM documentdb_api.validate($1, $2::bytea)';
  return (await call.query(sql, [call.database, call.body]))[0]?.reply;
}

function requireName(call: Call): void {
  if (call.collection.includes('$')) {
    throw new CommandError(CODE.invalidNamespace, `Invalid collection name: ${call.collection}`);
  }
}
