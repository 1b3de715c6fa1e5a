import { mkdir, stat } from 'node:fs/promises';
import { KeptError } from '../../kernel/keptError.ts';

/** Makes a directory that only its owner can enter (0700). Throws DIRECTORY_EXPOSED where one is there and others may enter. */
export async function privateDirectory(directory: string, what: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') return;
  const { mode } = await stat(directory);
  if ((mode & 0o077) !== 0)
    throw new KeptError('DIRECTORY_EXPOSED', 'Others than its owner may enter a directory that must be private.', {
      place: what,
      remedy: 'Run chmod 700 on it, or name another directory.',
    });
}
