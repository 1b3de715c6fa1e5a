import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SOCKET_FOLDER } from './settings.ts';

const YOUNG_MS = 60_000;
const STOP_LIMIT_MS = 10_000;

/** Removes what runs have left behind that were killed together with their service. */
export async function clearLeftovers(runs: string): Promise<void> {
  for (const name of await readdir(runs).catch(() => [])) {
    const home = path.join(runs, name);
    const { mtimeMs } = await stat(home).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs < YOUNG_MS || (await servicesOf(home)).length > 0) continue;
    await stopOrphan(home, 'SIGQUIT');
    await rm(home, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}

/** Makes data free that a killed service has left in use; refuses where a living one uses it. */
export async function takeOver(home: string): Promise<void> {
  const others = (await servicesOf(home)).filter((pid) => pid !== process.pid);
  if (others.length > 0) throw new Error(`the data in ${home} is in use by process ${others[0]}`);
  await stopOrphan(home, 'SIGINT');
}

/** The main process of the server that runs on the data in `home`. */
export async function serverOf(home: string): Promise<number | undefined> {
  const file = path.join(home, 'documentdb/postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  // The number may be another's by now, so what counts is that the data is among its arguments.
  return pid > 0 && (await argumentsOf(pid)).includes(path.join(home, 'documentdb')) ? pid : undefined;
}

async function stopOrphan(home: string, signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  const pid = await serverOf(home);
  if (pid === undefined) return;
  const args = await argumentsOf(pid);
  process.kill(pid, signal);
  const giveUpAt = performance.now() + STOP_LIMIT_MS;
  while ((await serverOf(home)) !== undefined && performance.now() < giveUpAt) await pause(20);
  const socketFolder = args[args.indexOf('-k') + 1];
  if (socketFolder?.includes(SOCKET_FOLDER)) await rm(socketFolder, { recursive: true, force: true });
}

// A service has its home in its only argument.
async function servicesOf(home: string): Promise<number[]> {
  const services: number[] = [];
  for (const pid of (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))) {
    const text = (await argumentsOf(Number(pid))).join(' ');
    if (text.includes(`"home":${JSON.stringify(home)}`)) services.push(Number(pid));
  }
  return services;
}

async function argumentsOf(pid: number): Promise<string[]> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
}
