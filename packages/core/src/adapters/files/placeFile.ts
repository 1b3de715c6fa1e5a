import { randomUUID } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncDirectory } from './syncDirectory.ts';

/**
 * Writes a file whole or not at all: beside its place first, onto the disk, then into its place. Answers its size.
 * The draft's hidden name is no valid key, so a draft left by a crash is never taken for a file.
 */
export async function placeFile(path: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<number> {
  const draft = join(dirname(path), `.${randomUUID()}.draft`);
  const handle = await open(draft, 'wx', 0o600);
  try {
    try {
      await handle.writeFile(content);
      await handle.sync();
      const { size } = await handle.stat();
      await handle.close();
      await rename(draft, path);
      await syncDirectory(dirname(path));
      return size;
    } finally {
      await handle.close();
    }
  } catch (error) {
    await unlink(draft).catch(() => undefined);
    throw error;
  }
}
