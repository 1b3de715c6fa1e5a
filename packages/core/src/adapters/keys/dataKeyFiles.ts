import { createHash, randomBytes } from 'node:crypto';
import { open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { KeptError } from '../../kernel/keptError.ts';
import { createOnce } from '../files/createOnce.ts';
import { syncDirectory } from '../files/syncDirectory.ts';
import { seal, unseal } from './seal.ts';

export interface DataKeyFiles {
  create(id: string): Promise<Uint8Array>;
  get(id: string): Promise<Uint8Array | undefined>;
  destroy(id: string): Promise<void>;
}

/** Data keys, each in a file of its own, wrapped under `wrapping`. File names are hashes: an id may hold anything. */
export function dataKeyFiles(directory: string, wrapping: Uint8Array): DataKeyFiles {
  const pathOf = (id: string) => join(directory, `${createHash('sha256').update(id, 'utf8').digest('hex')}.key`);
  const aadOf = (id: string) => `kept.data-key:${id}`;

  const get = async (id: string): Promise<Uint8Array | undefined> => {
    const wrapped = await readFile(pathOf(id)).catch(absent);
    if (!wrapped || wipedOut(wrapped)) return undefined;
    try {
      return unseal(wrapping, wrapped, aadOf(id));
    } catch (cause) {
      throw new KeptError('KEYS_BROKEN', 'A data key does not open under the master secret.', {
        place: 'keys/data',
        remedy: 'Put back the whole key directory as it was: the master secret and the data keys belong together.',
        cause,
      });
    }
  };

  const destroy = async (id: string): Promise<void> => {
    const handle = await open(pathOf(id), 'r+').catch(absent);
    if (!handle) return;
    try {
      const { size } = await handle.stat();
      await handle.write(Buffer.alloc(size), 0, size, 0);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await unlink(pathOf(id)).catch(absent);
    await syncDirectory(directory);
  };

  const create = async (id: string): Promise<Uint8Array> => {
    for (;;) {
      const known = await get(id);
      if (known) return known;
      await destroy(id);
      const key = new Uint8Array(randomBytes(32));
      if (await createOnce(pathOf(id), seal(wrapping, key, aadOf(id)))) return key;
    }
  };

  return { create, get, destroy };
}

/** A destruction that was cut short between overwriting and removing: the key is gone all the same. */
function wipedOut(wrapped: Uint8Array): boolean {
  return wrapped.every((byte) => byte === 0);
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
