import { access, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runAsEngine } from './commands.ts';
import { type Folders, makeFolder } from './folders.ts';
import { takeOver } from './leftovers.ts';
import { type Postgres, type PostgresOptions, startPostgres } from './postgres.ts';

const RESTART_LIMIT_MS = 15_000;

/** A server that is started again when it dies, until it is closed. */
export interface Cluster {
  socketFolder: string;
  /** The process id of the server that runs now. */
  pid(): number;
  close(how: 'fast' | 'immediate'): Promise<void>;
}

/** Prepares the data folder where it is new, and keeps a server running on it. */
export async function openCluster(
  folders: Folders,
  home: string,
  settings: Record<string, string> = {},
): Promise<Cluster> {
  const data = path.join(home, 'documentdb');
  await makeFolder(home);
  await takeOver(home);
  const isNew = await access(path.join(data, 'PG_VERSION')).then(
    () => false,
    () => true,
  );
  if (isNew) {
    await rm(data, { recursive: true, force: true });
    await runAsEngine('cp', ['-a', folders.template, data]);
  }
  const options = { engine: folders.engine, data, logFile: path.join(home, 'postgres.log'), settings };
  return keepRunning(options);
}

async function keepRunning(options: PostgresOptions): Promise<Cluster> {
  let server = await startPostgres(options);
  let closing = false;
  const socketFolder = server.socketFolder;

  const watch = async (): Promise<void> => {
    for (;;) {
      await server.exited;
      if (closing) return;
      server = await restart({ ...options, socketFolder });
    }
  };
  const watching = watch().catch((error) => {
    if (closing) return;
    process.stderr.write(`${error}\n`);
    process.exit(1);
  });

  return {
    socketFolder,
    pid: () => server.pid,
    async close(how) {
      closing = true;
      await server.stop(how);
      await watching;
    },
  };
}

// After a kill, the children of the old server need a moment to notice; until then a new one refuses to start.
async function restart(options: PostgresOptions): Promise<Postgres> {
  const giveUpAt = performance.now() + RESTART_LIMIT_MS;
  for (;;) {
    try {
      return await startPostgres(options);
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
      await pause(50);
    }
  }
}
