import { Binary, type Document, UUID } from 'bson';
import type { Call } from '../call.ts';
import { CODE } from '../codes.ts';
import { CommandError } from '../errors.ts';

export function startSession(): Document {
  return { id: { id: new Binary(new UUID().buffer, Binary.SUBTYPE_UUID) }, timeoutMinutes: 30, ok: 1 };
}

/** Ends sessions: their transactions are aborted and their cursors closed. */
export async function endSessions(call: Call): Promise<Document> {
  const sessions = (call.command[call.name] ?? []) as { id: Binary }[];
  for (const { id } of sessions) {
    const session = Buffer.from(id.buffer).toString('hex');
    call.gateway.cursors.endSession(session);
    await call.gateway.transactions.endSession(session);
  }
  return { ok: 1 };
}

export function refreshSessions(): Document {
  return { ok: 1 };
}

export async function commitTransaction(call: Call): Promise<Document> {
  const [session, number] = transactionOf(call);
  await call.gateway.transactions.commit(session, number);
  return { ok: 1 };
}

export async function abortTransaction(call: Call): Promise<Document> {
  const [session, number] = transactionOf(call);
  await call.gateway.transactions.abort(session, number);
  return { ok: 1 };
}

function transactionOf(call: Call): [string, bigint] {
  const { session, transactionNumber } = call;
  if (session === undefined || transactionNumber === undefined || call.command.autocommit !== false) {
    throw new CommandError(CODE.noSuchTransaction, `${call.name} must be run within a transaction`);
  }
  return [session, transactionNumber];
}
