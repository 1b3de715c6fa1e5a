import type { Document } from 'bson';
import { CODE, codeName } from './codes.ts';
import { codeOfSqlState } from './sqlState.ts';

/** An answer with `ok: 0`. */
export class CommandError extends Error {
  readonly code: number;
  readonly more: Document;

  constructor(code: number, message: string, more: Document = {}) {
    super(message);
    this.code = code;
    this.more = more;
  }
}

/** Raised by the driver of PostgreSQL when the server has gone away. */
export function isConnectionLoss(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  if (code && /^(57P0[1-5]|08...|ECONN(REFUSED|RESET|ABORTED)|ENOENT|EPIPE)$/.test(code)) return true;
  return /connection (terminated|ended|error)|not queryable/i.test(message ?? '');
}

/** Any failure as an error of a command. */
export function asCommandError(error: unknown, inTransaction: boolean): CommandError {
  if (error instanceof CommandError) return error;
  if (isConnectionLoss(error)) return new CommandError(CODE.stopping, 'the database is being restarted');
  const { code: state, message } = error as { code?: unknown; message: string };
  if (typeof state !== 'string' || state.length !== 5) return new CommandError(CODE.internal, message);
  return new CommandError(codeOfSqlState(state, inTransaction), message);
}

/** The document of a failed command. */
export function errorReply(error: CommandError): Document {
  return { ok: 0, errmsg: error.message, code: error.code, codeName: codeName(error.code), ...error.more };
}
