import { constants } from 'node:fs';
import { lstat, mkdir, open, realpath, unlink } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileDenied } from './fileDenied.ts';
import { fileNotFound } from './fileNotFound.ts';
import { placeFile } from './placeFile.ts';
import { removeEach } from './removeEach.ts';
import { requireEncryption } from './requireEncryption.ts';
import { invalidKey, safeKey } from './safeKey.ts';
import { syncDirectory } from './syncDirectory.ts';
import type { FilesOptions, WritableFiles } from './writableFiles.ts';

/**
 * Files below a directory. Throws FILES_NOT_ENCRYPTED in production where it is not declared encrypted, and
 * FILE_KEY_INVALID for keys and links that lead out of it. A file's renditions go before it, so that while it is there
 * its removal is not over; `remove` answers once that has reached the disk.
 */
export function diskFiles(root: string, { encrypted = false, derived = [] }: FilesOptions = {}): WritableFiles {
  requireEncryption('disk', encrypted);

  const pathOf = async (key: string): Promise<string> => {
    const path = join(root, ...safeKey(key).split('/'));
    const home = await realpath(root).catch(absent);
    if (home !== undefined && !isWithin(home, await nearest(dirname(path)))) throw invalidKey();
    return path;
  };
  const find = async (key: string) => {
    const path = await pathOf(key);
    const found = await lstat(path).catch(absent);
    if (found?.isSymbolicLink()) throw invalidKey();
    return found?.isFile() ? { path, size: found.size } : undefined;
  };
  const unlinkOne = async (key: string, touched: Set<string>): Promise<boolean> => {
    const found = await find(key);
    if (!found) return false;
    touched.add(dirname(found.path));
    return (await unlink(found.path).then(() => true, absent)) ?? false;
  };

  const readFrom = async (key: string, start: number) => {
    const found = await find(key);
    const handle = found && (await open(found.path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(absentOrDenied));
    if (!handle) throw fileNotFound();
    return handle.createReadStream({ start });
  };

  return {
    kind: 'disk',
    encrypted,
    has: async (key) => (await find(key)) !== undefined,
    size: async (key) => (await find(key))?.size,
    async remove(keys) {
      const touched = new Set<string>();
      const removed = await removeEach(keys, async (key) => {
        for (const suffix of derived) await unlinkOne(`${key}.${suffix}`, touched);
        return unlinkOne(key, touched);
      });
      for (const directory of touched) await syncDirectory(directory);
      return removed;
    },
    async put(key, content) {
      await find(key);
      const path = await pathOf(key);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      return placeFile(path, content);
    },
    read: (key) => readFrom(key, 0),
    readFrom,
  };
}

/** Where the nearest directory that exists really lies, links followed. */
async function nearest(directory: string): Promise<string> {
  return (await realpath(directory).catch(absent)) ?? nearest(dirname(directory));
}

function isWithin(home: string, path: string): boolean {
  const way = relative(home, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`));
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}

function absentOrDenied(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'EACCES' || error.code === 'EPERM') throw fileDenied();
  return absent(error);
}
