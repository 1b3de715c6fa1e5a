import type { Document } from 'bson';
import type { Call, Reply } from './call.ts';
import { CODE } from './codes.ts';
import { COMMANDS } from './commands/index.ts';
import { asCommandError, CommandError, errorReply } from './errors.ts';

const WORKS_IN_TRANSACTION = new Set([
  ...['find', 'getMore', 'killCursors', 'aggregate', 'distinct', 'insert', 'update', 'delete'],
  ...[
    'findAndModify',
    'findandmodify',
    'create',
    'commitTransaction',
    'abortTransaction',
    'hello',
    'isMaster',
    'ismaster',
    'ping',
  ],
]);
const MAY_BE_REPEATED = new Set([
  'insert',
  'update',
  'delete',
  'findAndModify',
  'findandmodify',
  'find',
  'aggregate',
  'count',
  'distinct',
]);
const ATTEMPTS = 5;

/** Carries a command out; a failure becomes an answer too. */
export async function carryOut(call: Call): Promise<Reply> {
  call.gateway.counters.commands += 1;
  try {
    const handler = COMMANDS.get(call.name);
    if (!handler) throw new CommandError(CODE.commandNotFound, `no such command: '${call.name}'`);
    refuseWhatIsMissing(call);
    await enterTransaction(call);
    return await withRepetition(call, async () => handler(call));
  } catch (error) {
    const failure = asCommandError(error, call.transaction !== undefined);
    if (call.transaction) await call.gateway.transactions.fail(call.transaction);
    return errorReply(withLabels(call, failure));
  }
}

function refuseWhatIsMissing(call: Call): void {
  if (call.command.readConcern?.level === 'snapshot' && call.command.autocommit === undefined) {
    throw new CommandError(CODE.notSupported, 'readConcern snapshot works in transactions only');
  }
}

async function enterTransaction(call: Call): Promise<void> {
  const { command, session, transactionNumber: number, gateway } = call;
  if (command.autocommit === undefined) return;
  if (session === undefined || number === undefined) {
    throw new CommandError(72, "'autocommit' field requires a session and a transaction number");
  }
  if (!WORKS_IN_TRANSACTION.has(call.name)) {
    throw new CommandError(
      CODE.notSupportedInTransaction,
      `Cannot run '${call.name}' in a multi-document transaction.`,
    );
  }
  if (call.name === 'commitTransaction' || call.name === 'abortTransaction') return;
  const { transactions } = gateway;
  call.transaction = command.startTransaction
    ? await transactions.begin(session, number, call.connection.id)
    : transactions.find(session, number, call.connection.id);
}

// Two statements may deadlock where MongoDB would make one of them wait; outside a transaction it is simply run again.
async function withRepetition(call: Call, work: () => Promise<Reply>): Promise<Reply> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const state = (error as { code?: unknown }).code;
      const isConflict = state === '40001' || state === '40P01';
      if (!isConflict || call.transaction || attempt === ATTEMPTS || !MAY_BE_REPEATED.has(call.name)) throw error;
    }
  }
}

const TRANSIENT = new Set<number>([CODE.writeConflict, CODE.lockTimeout, CODE.noSuchTransaction, CODE.stopping]);

function withLabels(call: Call, error: CommandError): CommandError {
  const labels = new Set<string>(error.more.errorLabels ?? []);
  if (call.transaction && TRANSIENT.has(error.code)) labels.add('TransientTransactionError');
  const commits = call.name === 'commitTransaction' || call.name === 'abortTransaction';
  if (error.code === CODE.stopping && (call.isRetryable || commits)) labels.add('RetryableWriteError');
  if (labels.size === 0) return error;
  const more: Document = { ...error.more, errorLabels: [...labels] };
  return new CommandError(error.code, error.message, more);
}
