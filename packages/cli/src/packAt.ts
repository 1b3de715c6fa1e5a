import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { loadPack, type Policy } from '@kept/core';
import type { Io } from './io.ts';

/** The policy of a DIR argument: a folder from where the command runs, or the name of a pack. Throws what `loadPack` throws. */
export async function packAt(dir: string, io: Io): Promise<Policy> {
  return loadPack(await packPath(dir, io));
}

/** What `loadPack` takes for a DIR argument. */
export async function packPath(dir: string, io: Io): Promise<string> {
  const folder = resolve(io.cwd, dir);
  if (/[\\/]|^\.+$/.test(dir)) return folder;
  const isFolder = await access(join(folder, 'policy.yaml')).then(
    () => true,
    () => false,
  );
  return isFolder ? folder : dir;
}
