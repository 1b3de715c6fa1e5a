import os from 'node:os';
import { type Document, Long } from 'bson';
import type { Call } from '../call.ts';
import { CommandError } from '../errors.ts';
import { REPLICA_SET } from './hello.ts';

/** The version of MongoDB that the handshake speaks of. */
const VERSION = [7, 0, 0, 0];

export function ping(): Document {
  return { ok: 1 };
}

/** Says what really answers, in a field of its own. */
export function buildInfo(): Document {
  return {
    version: VERSION.slice(0, 3).join('.'),
    versionArray: VERSION,
    gitVersion: 'unknown',
    modules: [],
    bits: 64,
    debug: false,
    maxBsonObjectSize: 16_777_216,
    storageEngines: ['documentdb'],
    kept: 'documentdb',
    ok: 1,
  };
}

export function hostInfo(): Document {
  return {
    system: {
      currentTime: new Date(),
      hostname: 'localhost',
      cpuAddrSize: 64,
      memSizeMB: Math.floor(os.totalmem() / 2 ** 20),
      numCores: os.cpus().length,
    },
    os: { type: os.type(), name: os.platform(), version: os.release() },
    extra: {},
    ok: 1,
  };
}

export async function serverStatus(call: Call): Promise<Document> {
  const { counters, startedAt, cursors } = call.gateway;
  const uptime = (Date.now() - startedAt.getTime()) / 1000;
  return {
    host: call.connection.address,
    version: VERSION.slice(0, 3).join('.'),
    process: 'mongod',
    pid: Long.fromNumber(process.pid),
    uptime,
    uptimeMillis: Long.fromNumber(Math.round(uptime * 1000)),
    localTime: new Date(),
    connections: { current: counters.connections, available: 1000, totalCreated: counters.connectionsEver },
    network: { numRequests: Long.fromNumber(counters.commands) },
    metrics: { cursor: { open: { total: Long.fromNumber(cursors.size) } } },
    mem: { bits: 64, resident: Math.round(process.memoryUsage.rss() / 2 ** 20) },
    repl: { setName: REPLICA_SET, isWritablePrimary: true, hosts: [call.connection.address] },
    storageEngine: { name: 'documentdb', persistent: true },
    ok: 1,
  };
}

export function connectionStatus(): Document {
  return { authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] }, ok: 1 };
}

export function whatsMyUri(call: Call): Document {
  return { you: call.connection.remote, ok: 1 };
}

export function getLog(call: Call): Document {
  if (call.command.getLog === '*') return { names: ['global', 'startupWarnings'], ok: 1 };
  return { totalLinesWritten: 0, log: [], ok: 1 };
}

export function getCommandLine(): Document {
  return { argv: [], parsed: { net: { bindIp: '127.0.0.1' }, replication: { replSet: REPLICA_SET } }, ok: 1 };
}

export function listCommands(names: string[]): Document {
  return { commands: Object.fromEntries(names.map((name) => [name, { help: '' }])), ok: 1 };
}

export function replicaSetStatus(call: Call): Document {
  const self = { _id: 0, name: call.connection.address, health: 1, state: 1, stateStr: 'PRIMARY', self: true };
  return { set: REPLICA_SET, date: new Date(), myState: 1, members: [self], ok: 1 };
}

export function currentOperations(): Document {
  return { inprog: [], ok: 1 };
}

const PARAMETERS: Document = {
  featureCompatibilityVersion: { version: '7.0' },
  transactionLifetimeLimitSeconds: 60,
  cursorTimeoutMillis: Long.fromNumber(600_000),
  localLogicalSessionTimeoutMinutes: 30,
};

export function getParameter(call: Call): Document {
  if (call.command.getParameter === '*') return { ...PARAMETERS, ok: 1 };
  const asked = Object.keys(PARAMETERS).filter((name) => call.command[name]);
  if (asked.length === 0) throw new CommandError(72, 'no option found to get');
  return { ...Object.fromEntries(asked.map((name) => [name, PARAMETERS[name]])), ok: 1 };
}

export function noAuthentication(): never {
  throw new CommandError(18, 'this local database has no users: connect without a name and a password');
}
