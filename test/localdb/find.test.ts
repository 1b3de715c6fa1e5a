import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { isAlive } from '../../packages/localdb/src/documentdb/lock.ts';
import { findDatabase, type LocalDatabase } from '../../packages/localdb/src/index.ts';
import { describe, test } from './support/onEngine.ts';

const NOTHING = { PATH: '', MONGODB_URI: '' };
const GIVEN = 'mongodb://name:secret@127.0.0.1:1/kept';

let engine: LocalDatabase;
let folder: string;
let downloads: net.Server;
let withMongod: { PATH: string };

beforeAll(async () => {
  engine = await findDatabase({ kinds: ['documentdb'] });
  folder = await mkdtemp(path.join(os.tmpdir(), 'kept-test-'));
  // A server of downloads that takes the question and never answers.
  downloads = net.createServer(() => {}).listen(0, '127.0.0.1');
  await new Promise((resolve) => downloads.once('listening', resolve));
  process.env.MONGOMS_DOWNLOAD_MIRROR = `http://127.0.0.1:${(downloads.address() as net.AddressInfo).port}`;
  const relay = path.join(import.meta.dirname, 'support/relay.mjs');
  const start = `exec '${process.execPath}' '${relay}' '${folder}/note.json' ${new URL(engine.uri).port} "$@"`;
  await writeFile(path.join(folder, 'mongod'), `#!/bin/sh\n${start}\n`);
  await chmod(path.join(folder, 'mongod'), 0o755);
  withMongod = { PATH: folder };
}, 120_000);
afterAll(async () => {
  delete process.env.MONGOMS_DOWNLOAD_MIRROR;
  downloads.close();
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

const canConnect = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
  });

async function soon(isSo: () => boolean | Promise<boolean>): Promise<boolean> {
  const giveUpAt = performance.now() + 10_000;
  while (!(await isSo())) {
    if (performance.now() > giveUpAt) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}

describe('a database is looked for in this order', () => {
  test('first the one that MONGODB_URI names', async () => {
    const database = await findDatabase({ env: { ...withMongod, MONGODB_URI: engine.uri } });

    expect(database).toMatchObject({ kind: 'given', uri: engine.uri });
    expect(database.describe).toContain(new URL(engine.uri).host);
    await database.close();
  });

  test('one that is named and does not answer is not replaced by another; its password is not repeated', async () => {
    const refused = findDatabase({ env: { ...withMongod, MONGODB_URI: GIVEN } });

    await expect(refused).rejects.toMatchObject({
      code: 'LOCALDB_NONE_FOUND',
      message: expect.stringMatching(
        /^the database that MONGODB_URI names \(.*127\.0\.0\.1:1.*\) does not answer .* Remedy: .*$/,
      ),
    });
    await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
  });

  test('then a mongod on the PATH, as a replica set on the loopback address', async () => {
    const database = await findDatabase({ env: withMongod });
    const { pid, args } = JSON.parse(await readFile(path.join(folder, 'note.json'), 'utf8'));

    expect(database.kind).toBe('mongod');
    expect(database.uri).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+\/\?replicaSet=rs0$/);
    expect(args.join(' ')).toMatch(/^--replSet rs0 --bind_ip 127\.0\.0\.1 --port \d+ --dbpath /);
    await database.close();
    expect(isAlive(pid)).toBe(false);
  });

  test('then one that mongodb-memory-server has', async () => {
    process.env.MONGOMS_SYSTEM_BINARY = path.join(folder, 'mongod');
    try {
      const database = await findDatabase({ env: NOTHING });

      expect(database.kind).toBe('memory-server');
      expect(database.describe).toMatch(
        /^mongod fetched by mongodb-memory-server at 127\.0\.0\.1:\d+, this machine only/,
      );
      await database.close();
    } finally {
      delete process.env.MONGOMS_SYSTEM_BINARY;
    }
  });

  test('or could fetch, given up within three seconds; then DocumentDB', async () => {
    const started = performance.now();
    const database = await findDatabase({ env: NOTHING });
    const seconds = (performance.now() - started) / 1000;

    expect(database.kind).toBe('documentdb');
    expect(database.describe).toMatch(/^DocumentDB on PostgreSQL 18 at 127\.0\.0\.1:\d+, this machine only/);
    expect(seconds).toBeLessThan(6);
    await database.close();
  });

  test('and where there is none, one line says what was tried and what helps', async () => {
    const search = findDatabase({ env: NOTHING, kinds: ['given', 'mongod', 'memory-server'] });

    await expect(search).rejects.toMatchObject({
      code: 'LOCALDB_NONE_FOUND',
      message: expect.stringMatching(
        /^no database found \(given: MONGODB_URI is not set; mongod: no mongod on the PATH; memory-server: .*\)\. Remedy: set MONGODB_URI=.*, or install mongod, or .*$/,
      ),
    });
  });
});

describe('the data', () => {
  const things = (uri: string, work: (client: MongoClient) => Promise<unknown>): Promise<unknown> =>
    MongoClient.connect(uri).then((client) => work(client).finally(() => client.close()));

  test('of a run is thrown away at its end', async () => {
    const first = await findDatabase({ kinds: ['documentdb'] });
    await things(first.uri, (client) => client.db('kept').collection('things').insertOne({}));
    await first.close();

    const second = await findDatabase({ kinds: ['documentdb'] });
    expect(await things(second.uri, (client) => client.db('kept').collection('things').countDocuments())).toBe(0);
    await second.close();
  });

  test('in a named folder stays, and two cannot use it at once', async () => {
    const data = path.join(folder, 'data');
    // The engine may have an identity of its own, which must get there.
    await chmod(folder, 0o755);
    const first = await findDatabase({ kinds: ['documentdb'], data });
    await things(first.uri, (client) => client.db('kept').collection('things').insertOne({}));
    await expect(findDatabase({ kinds: ['documentdb'], data })).rejects.toThrow(/in use by process/);
    await first.close();

    const second = await findDatabase({ kinds: ['documentdb'], data });
    expect(await things(second.uri, (client) => client.db('kept').collection('things').countDocuments())).toBe(1);
    await second.close();
  }, 60_000);
});

test('the database ends when the process that found it is killed', async () => {
  const holder = spawn(process.execPath, [path.join(import.meta.dirname, 'support/holdDatabase.ts')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const uri = await new Promise<string>((resolve) => createInterface({ input: holder.stdout }).once('line', resolve));
  const port = Number(new URL(uri).port);
  expect(await canConnect(port)).toBe(true);

  holder.kill('SIGKILL');

  expect(await soon(async () => !(await canConnect(port)))).toBe(true);
}, 60_000);

test('several can start at the same time', async () => {
  const databases = await Promise.all([1, 2, 3].map(() => findDatabase({ kinds: ['documentdb'] })));

  expect(new Set(databases.map(({ uri }) => uri)).size).toBe(3);
  await Promise.all(databases.map((database) => database.close()));
}, 60_000);
