import { createHmac, hkdfSync } from 'node:crypto';

/** A 256-bit key for one use, made of the master secret (HKDF-SHA-256, RFC 5869). */
export function deriveKey(master: Uint8Array, use: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', master, '', `kept.${use}`, 32));
}

/** HMAC-SHA-256 in hex, under a key of its own for each use. */
export function macOf(master: Uint8Array, use: string, text: string): string {
  return createHmac('sha256', deriveKey(master, `mac.${use}`))
    .update(text, 'utf8')
    .digest('hex');
}
