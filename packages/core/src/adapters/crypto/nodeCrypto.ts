import { hash, randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Crypto } from '../../engine/world.ts';
import { seal, unseal } from '../keys/seal.ts';
import { sealStream, unsealFrom } from '../keys/sealStream.ts';
import { verifySignature } from '../keys/signatures.ts';
import { digest } from './digest.ts';

const derive = promisify(scrypt) as (
  password: string,
  salt: Uint8Array,
  length: number,
  cost: object,
) => Promise<Buffer>;
const COST = 16_384;
const BLOCK = 8;
const LANES = 1;
const LENGTH = 32;

/** Randomness, digests and passwords by Node. Passwords are hashed with scrypt (RFC 7914), N = 16384, r = 8, p = 1. */
export function nodeCrypto(): Crypto {
  return {
    newId: () => randomUUID(),
    sha256: (content) => hash('sha256', content, 'hex'),
    digest,
    seal,
    unseal,
    sealStream,
    unsealFrom,
    verify: verifySignature,
    token: () => randomBytes(32).toString('base64url'),

    async hashPassword(password) {
      const salt = randomBytes(16);
      const key = await derive(password.normalize('NFKC'), salt, LENGTH, { N: COST, r: BLOCK, p: LANES });
      return ['scrypt', COST, BLOCK, LANES, salt.toString('base64url'), key.toString('base64url')].join('$');
    },

    async checkPassword(password, hashed) {
      const [, n, r, p, salt = '', key = ''] = hashed.split('$');
      const wanted = Buffer.from(key, 'base64url');
      const given = await derive(password.normalize('NFKC'), Buffer.from(salt, 'base64url'), wanted.length || LENGTH, {
        N: Number(n),
        r: Number(r),
        p: Number(p),
      });
      return wanted.length === given.length && timingSafeEqual(wanted, given);
    },
  };
}
