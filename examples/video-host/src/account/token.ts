import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits behind a prefix that secret scanners can find. */
export function newToken(prefix: string): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}

/** What is stored of a token: SHA-256, hex. Enough for 256 random bits, and can be looked up. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
