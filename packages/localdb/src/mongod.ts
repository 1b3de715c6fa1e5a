import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import type { FindOptions, LocalDatabase } from './find.ts';

const START_LIMIT_MS = 20_000;
const KEEPER = path.join(import.meta.dirname, `keeper${path.extname(import.meta.filename)}`);

/** Starts the mongod that the PATH names, as a replica set of one. */
export async function startMongod(options: FindOptions & { fresh: boolean }): Promise<Omit<LocalDatabase, 'kind'>> {
  const program = await onPath('mongod', (options.env ?? process.env).PATH ?? '');
  if (!program) throw new Error('no mongod on the PATH');
  const home = options.data
    ? path.join(path.resolve(options.data), 'mongod')
    : await mkdtemp(path.join(os.tmpdir(), 'kept-mongod-'));
  await mkdir(home, { recursive: true });
  const port = options.port || (await freePort());
  const args = ['--replSet', 'rs0', '--bind_ip', '127.0.0.1', '--port', String(port), '--dbpath', home];
  const log = await open(path.join(home, 'mongod.out'), 'a');
  // The keeper holds a pipe of ours and stops mongod when we are gone.
  const child = spawn(process.execPath, [KEEPER, program, ...args], {
    stdio: ['pipe', log.fd, log.fd],
    detached: true,
  });
  await log.close();
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.unref();
  (child.stdin as unknown as { unref?(): void })?.unref?.();
  const close = async (): Promise<void> => {
    child.ref();
    child.stdin?.end();
    await exited;
    if (options.fresh) await rm(home, { recursive: true, force: true });
  };
  try {
    await becomePrimary(port, () => child.exitCode !== null);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    uri: `mongodb://127.0.0.1:${port}/?replicaSet=rs0`,
    describe: `mongod of the PATH at 127.0.0.1:${port}, this machine only, ${options.data ? `data in ${home}` : 'data thrown away at the end'}`,
    close,
  };
}

async function onPath(name: string, searchPath: string): Promise<string | undefined> {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  for (const folder of searchPath.split(path.delimiter).filter(Boolean)) {
    const candidate = path.join(folder, file);
    if (
      await access(candidate, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return candidate;
  }
  return undefined;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function becomePrimary(port: number, hasExited: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + START_LIMIT_MS;
  // The driver looks twice a second, so it needs longer than that to see a server that has just come up.
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 2000,
  });
  const host = `127.0.0.1:${port}`;
  try {
    while (performance.now() < giveUpAt) {
      if (hasExited()) throw new Error('mongod ended at once');
      const hello = await client
        .db('admin')
        .command({ hello: 1 })
        .catch(() => undefined);
      if (hello?.isWritablePrimary) return;
      if (hello && !hello.setName) {
        const set = { _id: 'rs0', members: [{ _id: 0, host }] };
        await client
          .db('admin')
          .command({ replSetInitiate: set })
          .catch(() => {});
      }
      await pause(100);
    }
    throw new Error('mongod did not become primary');
  } finally {
    await client.close();
  }
}
