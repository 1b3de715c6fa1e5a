import { createHash } from 'node:crypto';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';

/**
 * A fresh folder in `temp` for the keys, letters and media of one demo, named after this process. Those whose process is gone,
 * such as by SIGKILL, are removed first.
 */
export async function demoFolder(temp: string): Promise<string> {
  for (const name of await readdir(temp)) {
    const owner = ownerOf(name);
    const folder = path.join(temp, name);
    if (owner === undefined || isAlive(owner) || !(await isOurs(folder))) continue;
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
  return mkdtemp(path.join(temp, `kept-demo-${machine()}-${process.pid}-`));
}

/** The process of this machine that a folder is named after. */
function ownerOf(name: string): number | undefined {
  const [, where, pid] = /^kept-demo-(\w+)-(\d+)-\w{6}$/.exec(name) ?? [];
  return where === machine() ? Number(pid) : undefined;
}

/** Containers may share a temp folder, and their processes bear numbers that say nothing here. */
function machine(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  return found?.isDirectory() === true && found.uid === (process.getuid?.() ?? found.uid);
}
