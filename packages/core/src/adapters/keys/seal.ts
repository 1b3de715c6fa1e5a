import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { KeptError } from '../../kernel/keptError.ts';

const VERSION = 1;
const NONCE = 12;
const TAG = 16;

/**
 * Seals bytes with AES-256-GCM: version byte, 12 bytes nonce, ciphertext, 16 bytes tag.
 * `aad` says what the bytes are; they open only for one who says the same. Throws SEAL_INVALID for a key of another size.
 */
export function seal(key: Uint8Array, bytes: Uint8Array, aad: string): Uint8Array {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', sized(key), nonce).setAAD(Buffer.from(aad, 'utf8'));
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `seal` made. Throws SEAL_BROKEN for another key, another `aad` or bytes that were changed. */
export function unseal(key: Uint8Array, sealed: Uint8Array, aad: string): Uint8Array {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < 1 + NONCE + TAG || bytes[0] !== VERSION) throw broken();
  const decipher = createDecipheriv('aes-256-gcm', sized(key), bytes.subarray(1, 1 + NONCE), { authTagLength: TAG })
    .setAAD(Buffer.from(aad, 'utf8'))
    .setAuthTag(bytes.subarray(-TAG));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(1 + NONCE, -TAG)), decipher.final()]);
  } catch {
    throw broken();
  }
}

export function sized(key: Uint8Array): Uint8Array {
  if (key.length === 32) return key;
  throw new KeptError('SEAL_INVALID', 'A key must have 256 bits.', {
    place: 'seal',
    remedy: 'Take the key from the key store.',
  });
}

export function broken(): KeptError {
  return new KeptError('SEAL_BROKEN', 'What was sealed does not open with this key.', {
    place: 'seal',
    remedy: 'It was sealed under another key, or changed since. Without its own key nobody can read it.',
  });
}
