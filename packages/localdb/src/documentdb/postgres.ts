import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PLAIN_ENVIRONMENT } from './commands.ts';
import { engineIdentity, makeFolder } from './folders.ts';
import { programFolder } from './programs.ts';
import { SOCKET_FOLDER } from './settings.ts';

/** What a server is started from. */
export interface PostgresOptions {
  engine: string;
  data: string;
  logFile: string;
  /** Keeps the socket where an earlier server had it, so that clients find the next one. */
  socketFolder?: string;
  /** Settings of this start alone. */
  settings?: Record<string, string>;
}

/** A running server; it listens on a socket in a folder that only its owner may enter. */
export interface Postgres {
  pid: number;
  socketFolder: string;
  /** Settles when the server has gone, asked or not. */
  exited: Promise<void>;
  /** `fast` writes everything down first; `immediate` is for data that will be thrown away. */
  stop(how: 'fast' | 'immediate'): Promise<void>;
}

const START_LIMIT_MS = 30_000;

/** Starts a server and waits until it answers. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const socketFolder = options.socketFolder ?? (await makeSocketFolder());
  const log = await open(options.logFile, 'a');
  const settings = { 'documentdb.localhost_connection_string': `host=${socketFolder}`, ...options.settings };
  const child = spawn(
    path.join(programFolder(options.engine), 'postgres'),
    [
      '-D',
      options.data,
      '-k',
      socketFolder,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    { ...engineIdentity(), cwd: '/', env: PLAIN_ENVIRONMENT, stdio: ['ignore', log.fd, log.fd] },
  );
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  await log.close();
  if (!(await becomesReady(child, options.data))) {
    child.kill('SIGQUIT');
    if (!options.socketFolder) await rm(socketFolder, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start: ${await lastLines(options.logFile)}`);
  }
  return {
    pid: child.pid as number,
    socketFolder,
    exited,
    async stop(how) {
      child.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
      await exited;
      await rm(socketFolder, { recursive: true, force: true });
    },
  };
}

// A path to a socket may have about a hundred characters, so it is not kept beside the data.
async function makeSocketFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), SOCKET_FOLDER));
  await makeFolder(folder);
  await chmod(folder, 0o700);
  return folder;
}

async function becomesReady(child: ChildProcess, data: string): Promise<boolean> {
  const giveUpAt = performance.now() + START_LIMIT_MS;
  while (performance.now() < giveUpAt && child.exitCode === null && child.signalCode === null) {
    const lines = (await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (lines[0] === String(child.pid) && lines[7]?.trim() === 'ready') return true;
    await pause(10);
  }
  return false;
}

/** The end of a log, on one line, for a message. */
export async function lastLines(file: string, count = 3): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-count).join(' | ') || 'it said nothing';
}
