import type { Document } from 'bson';
import type { Call, Reply } from '../call.ts';
import { CODE } from '../codes.ts';
import { CommandError } from '../errors.ts';
import type { Row } from '../pool.ts';

const firstPage = (of: string): string =>
  `SELECT cursorpage::bytea AS page, continuation::bytea AS continuation, persistconnection AS holds, cursorid AS id
   FROM documentdb_api.${of}_cursor_first_page($1, $2::bytea)`;
const FIND = firstPage('find');
const AGGREGATE = firstPage('aggregate');
const LIST_INDEXES = firstPage('list_indexes');
const LIST_COLLECTIONS = firstPage('list_collections');
const GET_MORE = `SELECT cursorpage::bytea AS page, continuation::bytea AS continuation
   FROM documentdb_api.cursor_get_more($1, $2::bytea, $3::bytea)`;
const COUNT = 'SELECT document::bytea FROM documentdb_api.count_query($1, $2::bytea)';
const DISTINCT = 'SELECT document::bytea FROM documentdb_api.distinct_query($1, $2::bytea)';

export async function find(call: Call): Promise<Reply> {
  if (call.command.tailable) {
    throw new CommandError(CODE.badValue, 'error processing query: tailable cursor requested on non capped collection');
  }
  return open(call, FIND, call.collection);
}

export async function aggregate(call: Call): Promise<Reply> {
  const { aggregate: target } = call.command;
  // A pipeline of the database itself has the number 1 in the place of a collection.
  return open(call, AGGREGATE, typeof target === 'string' ? call.collection : '$cmd.aggregate');
}

export async function listIndexes(call: Call): Promise<Reply> {
  return open(call, LIST_INDEXES, call.collection);
}

export async function listCollections(call: Call): Promise<Reply> {
  return open(call, LIST_COLLECTIONS, '$cmd.listCollections');
}

async function open(call: Call, statement: string, collection: string): Promise<Reply> {
  const [row] = (await call.query(statement, [call.database, call.body])) as [Row];
  if (row.continuation === null) return row.page;
  if (row.holds && !call.transaction)
    throw new CommandError(CODE.notSupported, 'this result cannot be read in several batches');
  call.gateway.cursors.add({
    id: BigInt(row.id),
    database: call.database,
    collection,
    continuation: row.continuation,
    transaction: call.transaction,
    session: call.session,
    keepsForever: call.command.noCursorTimeout === true,
  });
  return row.page;
}

export async function getMore(call: Call): Promise<Reply> {
  const { cursors } = call.gateway;
  const id = BigInt(call.command.getMore);
  const cursor = cursors.use(id, call.database, call.command.collection);
  if (cursor.transaction !== call.transaction) {
    throw new CommandError(CODE.noSuchTransaction, `cursor id ${id} was opened in another transaction`);
  }
  const [row] = (await call.query(GET_MORE, [call.database, call.body, cursor.continuation])) as [Row];
  if (row.continuation === null) cursors.finish(id);
  else cursor.continuation = row.continuation;
  return row.page;
}

export function killCursors(call: Call): Document {
  const asked = ((call.command.cursors ?? []) as unknown[]).map((id) => BigInt(id as bigint));
  const killed = call.gateway.cursors.kill(asked);
  const notFound = asked.filter((id) => !killed.includes(id));
  return { cursorsKilled: killed, cursorsNotFound: notFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
}

export async function count(call: Call): Promise<Reply> {
  return (await call.query(COUNT, [call.database, call.body]))[0]?.document;
}

export async function distinct(call: Call): Promise<Reply> {
  return (await call.query(DISTINCT, [call.database, call.body]))[0]?.document;
}
