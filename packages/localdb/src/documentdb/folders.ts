import { chown, mkdir, rename, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Where the engine is installed and where its runs keep their data. */
export interface Folders {
  /** Shared by all checkouts of this user. */
  cache: string;
  /** The unpacked engine: read only once it is there. */
  engine: string;
  /** A data directory in its first state, copied for each fresh run. */
  template: string;
  /** One folder for each fresh run, removed at its end. */
  runs: string;
}

/** The identity that the engine runs under: PostgreSQL refuses uid 0, so root hands over to "nobody". */
export interface Identity {
  uid?: number;
  gid?: number;
}

const NOBODY = 65534;

// Raised when the template changes, so that newer checkouts make their own and older ones keep theirs.
const TEMPLATE_VERSION = 4;

/** Nothing to change for ordinary users; "nobody" for root. */
export function engineIdentity(): Identity {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
}

/** The folders below `cache`, or below the place where this system keeps such things. */
export function foldersIn(cache: string = usualCache()): Folders {
  return {
    cache,
    engine: path.join(cache, `documentdb-${process.arch}`),
    template: path.join(cache, `documentdb-${process.arch}-template-${TEMPLATE_VERSION}`),
    runs: path.join(cache, 'runs'),
  };
}

function usualCache(): string {
  if (process.getuid?.() === 0) return '/var/cache/kept-localdb';
  return path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'kept-localdb');
}

/** Creates a folder that belongs to the engine's identity. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { uid, gid } = engineIdentity();
  if (uid === undefined || gid === undefined) return;
  if ((await stat(folder)).uid !== uid) await chown(folder, uid, gid);
}

/** Gives a finished folder its name. Where another process was faster, its folder is as good. */
export async function moveInto(finished: string, folder: string): Promise<void> {
  try {
    await rename(finished, folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}
