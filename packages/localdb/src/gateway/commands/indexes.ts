import { setTimeout as pause } from 'node:timers/promises';
import { BSON, type Document } from 'bson';
import type { Call, Reply } from '../call.ts';
import { CODE } from '../codes.ts';
import { describeDuplicate, indexNamed } from '../duplicateKey.ts';
import { CommandError } from '../errors.ts';
import type { Row } from '../pool.ts';
import { codeOfSqlState, unpackSqlState } from '../sqlState.ts';

const CREATE = `SELECT retval::bytea AS reply, ok, requests::bytea AS requests
  FROM documentdb_api.create_indexes_background($1, $2::bytea)`;
const STATUS =
  'SELECT retval::bytea AS reply, ok, complete FROM documentdb_api_internal.check_build_index_status($1::bytea)';
// The engine's own schedule looks at the queue every two seconds only.
const BUILD_NOW = 'CALL documentdb_api_internal.build_index_concurrently(1)';
const EMPTY_DOCUMENT_BYTES = 5;

/** Creates indexes and returns when they are built, as MongoDB does. */
export async function createIndexes(call: Call): Promise<Reply> {
  const [started] = (await call.query(CREATE, [call.database, call.body])) as [Row];
  if (!started.ok) throw failureOf(started.reply);
  if (started.requests !== null && started.requests.length > EMPTY_DOCUMENT_BYTES) {
    await awaitBuild(call, started.requests);
  }
  const reply = BSON.deserialize(started.reply);
  const { ok: _, ...result } = reply.raw?.defaultShard ?? reply;
  return { ...result, ok: 1 };
}

async function awaitBuild(call: Call, requests: Buffer): Promise<void> {
  for (let waited = 5; ; waited = Math.min(waited * 2, 100)) {
    await call.query(BUILD_NOW);
    const [status] = (await call.query(STATUS, [requests])) as [Row];
    if (!status.complete) {
      await pause(waited);
      continue;
    }
    if (status.ok) return;
    const failure = failureOf(status.reply);
    if (failure.code !== CODE.duplicateKey) throw failure;
    const name = /[Ii]ndex '([^']+)'/.exec(failure.message)?.[1];
    const wanted = ((call.command.indexes ?? []) as Document[]).find((index) => index.name === name);
    const found = wanted
      ? { name: String(wanted.name), key: wanted.key as Document }
      : await indexNamed(call, call.collection, name);
    throw describeDuplicate(call, call.collection, found, undefined);
  }
}

function failureOf(bytes: Buffer): CommandError {
  const reply = BSON.deserialize(bytes);
  const { code, errmsg } = (reply.raw?.defaultShard ?? reply) as { code?: number; errmsg?: string };
  return new CommandError(
    code === undefined ? CODE.internal : codeOfSqlState(unpackSqlState(code), false),
    errmsg ?? 'index build failed',
  );
}

/** Drops one index, several or all. */
export async function dropIndexes(call: Call): Promise<Reply> {
  const [row] = (await call.query('CALL documentdb_api.drop_indexes($1, $2::bytea)', [call.database, call.body])) as [
    Row,
  ];
  const bytes = Buffer.from(String(row.retval).replace(/^BSONHEX/, ''), 'hex');
  const reply = BSON.deserialize(bytes);
  if (!reply.ok) throw failureOf(bytes);
  return reply;
}
