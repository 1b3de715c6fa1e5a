import { BSON, type Document } from 'bson';
import type { Call, Reply } from '../call.ts';
import { CODE } from '../codes.ts';
import { duplicateOf } from '../duplicateKey.ts';
import { CommandError } from '../errors.ts';
import type { Row } from '../pool.ts';
import { once } from '../retryable.ts';
import { codeOfSqlState, unpackSqlState } from '../sqlState.ts';

const SEQUENCE: Record<string, string> = { insert: 'documents', update: 'updates', delete: 'deletes' };

const statement = (name: string): string =>
  `SELECT p_result::bytea AS reply FROM documentdb_api.${name}($1, $2::bytea, $3::bytea, $4)`;
const STATEMENTS: Record<string, string> = {
  insert: statement('insert'),
  update: statement('update'),
  delete: statement('delete'),
};
const FIND_AND_MODIFY = 'SELECT p_result::bytea AS reply FROM documentdb_api.find_and_modify($1, $2::bytea, $3)';

/** insert, update and delete. */
export async function write(call: Call): Promise<Reply> {
  const field = SEQUENCE[call.name] as string;
  const sequence = call.message.sequences.get(field) ?? null;
  const values = [call.database, call.body, sequence];
  const sql = STATEMENTS[call.name] as string;
  const { collection } = call;
  let reply: Buffer;
  if (!call.isRetryable) {
    reply = (await firstRow(call, () => call.query(sql, [...values, null]), collection)).reply;
  } else if (statementCount(call, field, sequence) === 1) {
    // The engine itself remembers a single statement, by session and number.
    const work = (): Promise<Row[]> => call.query(sql, [...values, `${call.session}:${call.transactionNumber}`]);
    reply = (await firstRow(call, () => once(call, work), collection)).reply;
  } else {
    reply = (await firstRow(call, () => once(call, undefined, sql, [...values, null]), collection)).reply;
  }
  return withErrors(call, reply, field, sequence);
}

export async function findAndModify(call: Call): Promise<Reply> {
  const { collection } = call;
  const id = call.isRetryable ? `${call.session}:${call.transactionNumber}` : null;
  const work = (): Promise<Row[]> => call.query(FIND_AND_MODIFY, [call.database, call.body, id]);
  return (await firstRow(call, () => (id ? once(call, work) : work()), collection)).reply;
}

async function firstRow(call: Call, work: () => Promise<Row[]>, collection: string): Promise<Row> {
  try {
    return (await work())[0] as Row;
  } catch (error) {
    throw (await duplicateOf(call, collection, error)) ?? error;
  }
}

function statementCount(call: Call, field: string, sequence: Buffer | null): number {
  if (!sequence) return (call.command[field] as unknown[] | undefined)?.length ?? 0;
  let count = 0;
  for (let at = 0; at + 4 <= sequence.length && count < 2; count++) at += Math.max(sequence.readInt32LE(at), 5);
  return count;
}

// The engine's answer, with the codes and texts that MongoDB would give.
async function withErrors(call: Call, bytes: Buffer, field: string, sequence: Buffer | null): Promise<Reply> {
  const reply = BSON.deserialize(bytes, { promoteLongs: false, promoteValues: false });
  const failures = reply.writeErrors as Document[] | undefined;
  if (!failures?.length) return bytes;
  const writeErrors: Document[] = [];
  for (const { index, code: packed, errmsg } of failures) {
    const state = unpackSqlState(Number(packed));
    const code = codeOfSqlState(state, call.transaction !== undefined);
    // In a transaction a conflict is not the error of one write: it ends the transaction.
    if (call.transaction && code === CODE.writeConflict) throw new CommandError(code, String(errmsg));
    const statements = code === CODE.duplicateKey ? statementsOf(call, field, sequence) : [];
    const found = await duplicateOf(
      call,
      call.collection,
      { code: state, message: String(errmsg) },
      statements[Number(index)],
    );
    writeErrors.push(found ? { index, code, errmsg: found.message, ...found.more } : { index, code, errmsg });
  }
  if (call.transaction) await call.gateway.transactions.fail(call.transaction);
  return { ...reply, writeErrors };
}

function statementsOf(call: Call, field: string, sequence: Buffer | null): Document[] {
  if (!sequence) return (call.command[field] as Document[] | undefined) ?? [];
  const statements: Document[] = [];
  for (let at = 0; at + 4 <= sequence.length; ) {
    const length = sequence.readInt32LE(at);
    statements.push(BSON.deserialize(sequence.subarray(at, at + length), { validation: { utf8: false } }));
    at += length;
  }
  return statements;
}
