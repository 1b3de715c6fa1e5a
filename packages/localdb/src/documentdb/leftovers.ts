import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';

const YOUNG_MS = 60_000;

/** Removes what runs have left behind that were killed together with their service. */
export async function clearLeftovers(runs: string): Promise<void> {
  for (const name of await readdir(runs).catch(() => [])) {
    const home = path.join(runs, name);
    const { mtimeMs } = await stat(home).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs < YOUNG_MS || (await isServed(home))) continue;
    const server = Number(
      (await readFile(path.join(home, 'documentdb/postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0],
    );
    if (server > 0 && (await commandLine(server)).includes(home)) process.kill(server, 'SIGQUIT');
    await rm(home, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}

// A service has its home in its arguments. The number of a process may be another's by now, so the arguments are what counts.
async function isServed(home: string): Promise<boolean> {
  for (const pid of (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))) {
    const line = await commandLine(Number(pid));
    if (line.includes('"home"') && line.includes(JSON.stringify(home))) return true;
  }
  return false;
}

async function commandLine(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
}
