import { randomUUID } from 'node:crypto';
import { link, open, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncDirectory } from './syncDirectory.ts';

/**
 * Writes a new file whole or not at all, readable by its owner only (0600), and waits until it is on the disk.
 * Answers false, changing nothing, where the file exists already: of several writers exactly one wins.
 */
export async function createOnce(path: string, bytes: Uint8Array | string): Promise<boolean> {
  const draft = join(dirname(path), `.${randomUUID()}.draft`);
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(draft);
  }
  await syncDirectory(dirname(path));
  return true;
}
