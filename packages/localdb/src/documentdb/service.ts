import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { ServiceOrder } from '../gateway/main.ts';
import { type Folders, foldersIn, makeFolder } from './folders.ts';
import { ensureInstalled } from './install.ts';
import { clearLeftovers } from './leftovers.ts';
import { lastLines } from './postgres.ts';

/** How an engine is started. */
export interface ServiceOptions {
  cache?: string | undefined;
  /** A folder that keeps the data; without it a fresh one is made. */
  data?: string | undefined;
  fresh: boolean;
  port?: number | undefined;
  settings?: Record<string, string> | undefined;
  log: (line: string) => void;
}

/** A running engine and the gateway in front of it. */
export interface Service {
  uri: string;
  home: string;
  /** The process of the gateway, which owns the engine. */
  process: ChildProcess;
  /** The engine's main process when it was started. */
  serverPid: number;
  close(): Promise<void>;
}

const MAIN = path.join(import.meta.dirname, '../gateway', `main${path.extname(import.meta.filename)}`);

/** Installs the engine where it is missing, starts it and waits until the gateway listens. */
export async function startDocumentDb(options: ServiceOptions): Promise<Service> {
  const folders = foldersIn(options.cache);
  await ensureInstalled(folders, options.log);
  await clearLeftovers(folders.runs);
  const home = await homeOf(folders, options.data);
  const order: ServiceOrder = {
    ...{ folders, home, fresh: options.fresh, port: options.port ?? 0 },
    ...(options.settings && { settings: options.settings }),
  };
  const logFile = path.join(home, 'gateway.log');
  const log = await open(logFile, 'a');
  // A group of its own: an interrupt at the terminal reaches the parent alone, which then closes in order.
  const child = spawn(process.execPath, [...nodeArguments(), MAIN, JSON.stringify(order)], {
    stdio: ['pipe', 'pipe', log.fd],
    detached: true,
    cwd: '/',
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', TZ: 'UTC' },
  });
  await log.close();
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const announced = await firstLine(child);
  if (!announced) {
    const reason = await lastLines(logFile, 1);
    if (options.fresh) await rm(home, { recursive: true, force: true });
    throw new Error(`the local database did not start: ${reason}`);
  }
  const { port, serverPid } = JSON.parse(announced) as { port: number; serverPid: number };
  // A program that forgets to close may still end; the service then ends by itself.
  child.unref();
  (child.stdin as unknown as { unref?(): void })?.unref?.();
  (child.stdout as unknown as { unref?(): void })?.unref?.();
  return {
    uri: `mongodb://127.0.0.1:${port}/?replicaSet=rs0`,
    home,
    process: child,
    serverPid,
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      child.stdin?.end();
      await exited;
    },
  };
}

async function homeOf(folders: Folders, data: string | undefined): Promise<string> {
  if (data) {
    const home = path.resolve(data);
    await mkdir(home, { recursive: true });
    return home;
  }
  await makeFolder(folders.runs);
  const home = await mkdtemp(path.join(folders.runs, 'run-'));
  await makeFolder(home);
  return home;
}

// Jest's own options must not reach the service.
function nodeArguments(): string[] {
  return ['--disable-warning=ExperimentalWarning'];
}

async function firstLine(child: ChildProcess): Promise<string | undefined> {
  const lines = createInterface({ input: child.stdout as Readable });
  return new Promise((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => resolve(undefined));
    child.once('error', () => resolve(undefined));
  });
}
