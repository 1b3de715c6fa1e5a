import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Db, MongoClient } from 'mongodb';
import type { FindOptions, LocalDatabase } from './find.ts';

const START_LIMIT_MS = 20_000;
const KEEPER = path.join(import.meta.dirname, `keeper${path.extname(import.meta.filename)}`);
const ALREADY_INITIALIZED = 23;

/** Runs a mongod as a replica set of one, for as long as this process lives. `what` says to people which one it is. */
export async function runMongod(
  program: string,
  what: string,
  options: FindOptions & { fresh: boolean },
): Promise<Omit<LocalDatabase, 'kind'>> {
  const home = options.data
    ? path.join(path.resolve(options.data), 'mongod')
    : await mkdtemp(path.join(os.tmpdir(), 'kept-mongod-'));
  await mkdir(home, { recursive: true });
  const host = `127.0.0.1:${options.port || (await freePort())}`;
  const args = [
    '--replSet',
    'rs0',
    '--bind_ip',
    '127.0.0.1',
    '--port',
    new URL(`tcp://${host}`).port,
    '--dbpath',
    home,
  ];
  const log = await open(path.join(home, 'mongod.out'), 'a');
  // The keeper holds a pipe of ours and stops mongod when we are gone.
  const child = spawn(process.execPath, [KEEPER, program, ...args], {
    stdio: ['pipe', log.fd, log.fd],
    detached: true,
  });
  await log.close();
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const close = async (): Promise<void> => {
    child.ref();
    child.stdin?.end();
    await exited;
    if (options.fresh) await rm(home, { recursive: true, force: true });
  };
  try {
    await becomePrimary(host, () => child.exitCode !== null);
  } catch (error) {
    await close();
    throw error;
  }
  child.unref();
  (child.stdin as unknown as { unref?(): void })?.unref?.();
  const where = options.data ? `data in ${home}` : 'data thrown away at the end';
  return {
    uri: `mongodb://${host}/?replicaSet=rs0`,
    describe: `${what} at ${host}, this machine only, ${where}`,
    close,
  };
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function becomePrimary(host: string, hasExited: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + START_LIMIT_MS;
  // The driver looks twice a second, so it needs longer than that to see a server that has just come up.
  const client = new MongoClient(`mongodb://${host}/?directConnection=true`, { serverSelectionTimeoutMS: 2000 });
  const admin = client.db('admin');
  try {
    while (performance.now() < giveUpAt) {
      if (hasExited()) throw new Error('mongod ended at once');
      const hello = await admin.command({ hello: 1 }).catch(() => undefined);
      if (hello?.isWritablePrimary) return;
      if (hello && !hello.setName) await configure(admin, host);
      await pause(100);
    }
    throw new Error('mongod did not become primary');
  } finally {
    await client.close();
  }
}

// Kept data remembers the port of its last run, on which the only member is not to be found any more.
async function configure(admin: Db, host: string): Promise<void> {
  try {
    await admin.command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host }] } });
  } catch (error) {
    if ((error as { code?: number }).code !== ALREADY_INITIALIZED) return;
    const { config } = await admin.command({ replSetGetConfig: 1 });
    const members = [{ ...config.members[0], host }];
    await admin.command({ replSetReconfig: { ...config, version: config.version + 1, members }, force: true });
  }
}
