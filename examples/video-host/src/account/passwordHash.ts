import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

// OWASP's smallest recommended set for scrypt: 32 MiB for each guess.
const cost: ScryptOptions = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 2 ** 20 };

/** A password as it may be stored: `scrypt:<salt>:<key>`, both in base64url. */
export async function passwordHash(password: string, salt: Uint8Array = randomBytes(16)): Promise<string> {
  const key = await derive(password, salt);
  return `scrypt:${Buffer.from(salt).toString('base64url')}:${key.toString('base64url')}`;
}

/** Answers no, after the same work, where there is no hash: an unknown name takes as long as a wrong password. */
export async function passwordMatches(password: string, stored: string | undefined): Promise<boolean> {
  const [, salt = 'AAAAAAAAAAAAAAAAAAAAAA', key = ''] = (stored ?? '').split(':');
  const derived = await derive(password, Buffer.from(salt, 'base64url'));
  const expected = Buffer.from(key, 'base64url');
  return expected.length === derived.length && timingSafeEqual(expected, derived);
}

function derive(password: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
