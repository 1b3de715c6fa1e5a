import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { KeptError } from '../../kernel/keptError.ts';

/** A public key as `signing.public.json` lists it: `{ "keys": [...] }`. */
export interface PublicKey {
  /** First 16 hex digits of the SHA-256 of the key's SPKI DER. */
  readonly keyId: string;
  readonly algorithm: 'Ed25519';
  /** SPKI, PEM. */
  readonly publicKey: string;
}

/** Whether an Ed25519 signature (base64url) over the UTF-8 text is good. False for anything that is no key or signature. */
export function verifySignature(publicKeyPem: string, text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  // Node reads base64url leniently; only the one canonical spelling of a signature counts.
  if (bytes.length !== 64 || bytes.toString('base64url') !== signature) return false;
  try {
    const key = createPublicKey(publicKeyPem);
    return key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(text, 'utf8'), key, bytes);
  } catch {
    return false;
  }
}

/** The id of a public key, from its SPKI PEM. */
export function keyIdOf(publicKeyPem: string): string {
  const der = createPublicKey(publicKeyPem).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex').slice(0, 16);
}

/** Reads a key file such as `signing.public.json`. Throws KEYS_FILE_INVALID; an id that is not its key's own is refused. */
export async function loadPublicKeys(path: string): Promise<readonly PublicKey[]> {
  try {
    const { keys } = JSON.parse(await readFile(path, 'utf8')) as { keys: readonly PublicKey[] };
    if (!keys.every((key) => key.algorithm === 'Ed25519' && keyIdOf(key.publicKey) === key.keyId)) throw undefined;
    return keys;
  } catch (cause) {
    throw new KeptError('KEYS_FILE_INVALID', 'The file holds no list of public keys.', {
      place: path,
      remedy: 'Give the signing.public.json of the installation that signed.',
      cause,
    });
  }
}
