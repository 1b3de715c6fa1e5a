import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyStore, Signer } from '../../engine/ports/edges.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { createOnce } from '../files/createOnce.ts';
import { privateDirectory } from '../files/privateDirectory.ts';
import { type DataKeyFiles, dataKeyFiles } from './dataKeyFiles.ts';
import { deriveKey, macOf } from './deriveKey.ts';
import { loadPublicKeys } from './signatures.ts';
import { newSigningKey, signerOf } from './signingKey.ts';

/**
 * Keys in a directory that only its owner can enter, made on first use; several processes may share it.
 * It holds `master.key`, `data/` with the wrapped data keys, `signing.pem`, and `signing.public.json` for those who verify.
 * Keep it apart from the database and its backups, or nothing is ever really destroyed.
 * Throws DIRECTORY_EXPOSED, and KEYS_BROKEN where a part of the directory is missing.
 */
export function fileKeys(directory: string): KeyStore {
  let opened: Promise<Opened> | undefined;
  const keys = () => {
    opened ??= open(directory).catch((error) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return {
    create: async (id) => (await keys()).data.create(id),
    get: async (id) => (await keys()).data.get(id),
    destroy: async (id) => (await keys()).data.destroy(id),
    signer: async () => (await keys()).signer,
    mac: async (use, text) => macOf((await keys()).master, use, text),
  };
}

interface Opened {
  readonly master: Uint8Array;
  readonly data: DataKeyFiles;
  readonly signer: Signer;
}

async function open(directory: string): Promise<Opened> {
  const data = join(directory, 'data');
  await privateDirectory(directory, 'keys');
  await privateDirectory(data, 'keys/data');
  const master = await masterOf(directory, data);

  const signing = join(directory, 'signing.pem');
  await createOnce(signing, newSigningKey());
  const signer = signerOf(await readFile(signing, 'utf8'));
  const { keyId, publicKey } = signer;
  const published = { keys: [{ keyId, algorithm: 'Ed25519', publicKey }] };
  const list = join(directory, 'signing.public.json');
  await createOnce(list, `${JSON.stringify(published, null, 2)}\n`);
  if (!(await loadPublicKeys(list)).some((key) => key.keyId === keyId)) throw foreignSigner();

  return { master, signer, data: dataKeyFiles(data, deriveKey(master, 'wrap')) };
}

async function masterOf(directory: string, data: string): Promise<Uint8Array> {
  const path = join(directory, 'master.key');
  const inUse = (await readdir(data)).some((name) => name.endsWith('.key'));
  // A new master secret beside old data keys would look healthy and make everything sealed before unreadable.
  if (!inUse) await createOnce(path, randomBytes(32));
  const master = await readFile(path).catch(() => undefined);
  if (master?.length === 32) return master;
  throw new KeptError('KEYS_BROKEN', 'The master secret is missing or damaged.', {
    place: 'keys/master.key',
    remedy: 'Put back the whole key directory as it was; a new master secret cannot open what the old one sealed.',
  });
}

/** A signing key that was lost is made anew at the next start; nobody who has the published list could verify what it signs. */
function foreignSigner(): KeptError {
  return new KeptError('KEYS_BROKEN', 'The signing key is not in the published list.', {
    place: 'keys/signing.pem',
    remedy: 'Put back the signing.pem that belongs to signing.public.json; receipts name its key.',
  });
}
