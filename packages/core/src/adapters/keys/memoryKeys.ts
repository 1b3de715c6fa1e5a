import { randomBytes } from 'node:crypto';
import type { KeyStore } from '../../engine/ports/edges.ts';
import { macOf } from './deriveKey.ts';
import { newSigningKey, signerOf } from './signingKey.ts';

/** Keys that end with the process: for tests. */
export function memoryKeys(): KeyStore {
  const master = randomBytes(32);
  const keys = new Map<string, Uint8Array>();
  const signer = signerOf(newSigningKey());
  return {
    async create(id) {
      const key = keys.get(id) ?? new Uint8Array(randomBytes(32));
      keys.set(id, key);
      return Uint8Array.from(key);
    },
    async get(id) {
      const key = keys.get(id);
      return key && Uint8Array.from(key);
    },
    async destroy(id) {
      keys.delete(id);
    },
    signer: async () => signer,
    mac: async (use, text) => macOf(master, use, text),
  };
}
