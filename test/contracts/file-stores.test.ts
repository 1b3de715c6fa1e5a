import { lstat, mkdir, mkdtemp, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { diskFiles } from '../../packages/core/src/adapters/files/diskFiles.ts';
import { memoryFiles } from '../../packages/core/src/adapters/files/memoryFiles.ts';
import { fileStoreContract } from './fileStoreContract.ts';

const derived = ['thumbnail', 'preview'];
const directory = () => mkdtemp(join(tmpdir(), 'kept-files-'));

fileStoreContract('memory', async () => memoryFiles({ derived }));
fileStoreContract('disk', async () => diskFiles(await directory(), { derived }));
fileStoreContract('disk, in a directory not yet made', async () =>
  diskFiles(join(await directory(), 'media'), { derived }),
);

describe('files on a disk', () => {
  test('are never read, removed or written through a link that leads out', async () => {
    const outside = await directory();
    const root = await directory();
    await writeFile(join(outside, 'secret.txt'), 'not ours');
    await symlink(outside, join(root, 'door'));
    await symlink(join(outside, 'secret.txt'), join(root, 'window.txt'));
    const files = diskFiles(root);

    for (const key of ['door/secret.txt', 'window.txt', 'door/new/deep.txt'])
      for (const verb of ['has', 'read', 'put'] as const)
        await expect(files[verb](key, Buffer.from('x'))).rejects.toMatchObject({ code: 'FILE_KEY_INVALID' });
    expect(await files.remove(['door/secret.txt', 'window.txt'])).toMatchObject([
      { state: 'failed', code: 'FILE_KEY_INVALID' },
      { state: 'failed', code: 'FILE_KEY_INVALID' },
    ]);

    expect(await readFile(join(outside, 'secret.txt'), 'utf8')).toBe('not ours');
    expect(await readdir(outside)).toEqual(['secret.txt']);
    expect((await lstat(join(root, 'window.txt'))).isSymbolicLink()).toBe(true);
  });

  test('leave no draft behind when a write breaks off', async () => {
    const root = await directory();
    async function* broken() {
      yield Buffer.from('half of');
      throw new Error('connection lost');
    }

    await expect(diskFiles(root).put('a.mp4', broken())).rejects.toThrow();

    expect(await readdir(root)).toEqual([]);
  });

  test('a directory is no file', async () => {
    const root = await directory();
    await mkdir(join(root, 'generations'));

    expect(await diskFiles(root).has('generations')).toBe(false);
    expect(await diskFiles(root).remove(['generations'])).toMatchObject([{ state: 'absent' }]);
    expect((await stat(join(root, 'generations'))).isDirectory()).toBe(true);
  });

  test('can be read by their owner only', async () => {
    const root = await directory();
    await diskFiles(root).put('generations/a.mp4', Buffer.from('x'));

    expect((await stat(join(root, 'generations/a.mp4'))).mode & 0o077).toBe(0);
    expect((await stat(join(root, 'generations'))).mode & 0o077).toBe(0);
  });
});

describe('in production', () => {
  const before = process.env.NODE_ENV;
  afterEach(() => {
    process.env.NODE_ENV = before;
  });

  test('a disk store that is not declared encrypted is refused (part of sdance-ai.security.at-rest)', () => {
    process.env.NODE_ENV = 'production';

    expect(() => diskFiles('/nowhere')).toThrow(expect.objectContaining({ code: 'FILES_NOT_ENCRYPTED' }));
    expect(diskFiles('/nowhere', { encrypted: true }).encrypted).toBe(true);
  });

  test('outside of it such a store says so itself', () => {
    expect(diskFiles('/nowhere').encrypted).toBe(false);
  });
});
