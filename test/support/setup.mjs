import { chmod, mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

// One database for the whole run; each test takes a name of its own in it.
export default async function setup() {
  if (!process.env.KEPT_TEST_WITHOUT_DATABASE) await startDatabase();
  await ownTemp();
}

async function startDatabase() {
  const { findDatabase } = await import('../../packages/localdb/src/index.ts');
  const started = performance.now();
  const log = (line) => process.stderr.write(`kept: ${line}\n`);
  const database = await findDatabase({ log, durable: false }).catch((error) => {
    if (error.code !== 'LOCALDB_NONE_FOUND') throw error;
    process.stderr.write(`kept: ${error.message}\n`);
    process.exit(1);
  });
  process.stderr.write(`kept: ${database.describe} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
  process.env.KEPT_TEST_MONGODB_URI = database.uri;
  globalThis.keptTestDatabase = database;
}

/**
 * One folder for all that the tests of a run put among temporary files. Its name is short, since sockets of databases that tests
 * start lie in it, and a path to a socket has about a hundred characters; and their owner may be another user, who passes through.
 */
async function ownTemp() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'kt-'));
  await chmod(folder, 0o711);
  globalThis.keptTestTemp = { folder, before: process.env.TMPDIR };
  process.env.TMPDIR = folder;
}
