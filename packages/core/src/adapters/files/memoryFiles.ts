import { Readable } from 'node:stream';
import { fileNotFound } from './fileNotFound.ts';
import { removeEach } from './removeEach.ts';
import { safeKey } from './safeKey.ts';
import type { FilesOptions, WritableFiles } from './writableFiles.ts';

/** Files that end with the process: for tests. Nothing of them is ever at rest. */
export function memoryFiles({ derived = [] }: Pick<FilesOptions, 'derived'> = {}): WritableFiles {
  const files = new Map<string, Uint8Array>();
  return {
    kind: 'memory',
    encrypted: true,
    has: async (key) => files.has(safeKey(key)),
    size: async (key) => files.get(safeKey(key))?.byteLength,
    remove: (keys) =>
      removeEach(keys, async (key) => {
        for (const suffix of derived) files.delete(`${safeKey(key)}.${suffix}`);
        return files.delete(safeKey(key));
      }),
    async put(key, content) {
      const name = safeKey(key);
      const chunks: Uint8Array[] = [];
      if (content instanceof Uint8Array) chunks.push(content);
      else for await (const chunk of content) chunks.push(chunk);
      const whole = Buffer.concat(chunks);
      files.set(name, whole);
      return whole.byteLength;
    },
    async read(key) {
      const bytes = files.get(safeKey(key));
      if (!bytes) throw fileNotFound();
      return Readable.from([Buffer.from(bytes)]);
    },
  };
}
