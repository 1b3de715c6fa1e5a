import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { seal, unseal } from '../../packages/core/src/adapters/keys/seal.ts';
import { loadPublicKeys, verifySignature } from '../../packages/core/src/adapters/keys/signatures.ts';
import { newSigningKey, signerOf } from '../../packages/core/src/adapters/keys/signingKey.ts';

describe('a seal', () => {
  const key = randomBytes(32);
  const words = Buffer.from('please delete everything');
  const broken = expect.objectContaining({ code: 'SEAL_BROKEN' });

  test('opens for its key and its purpose, whatever the bytes', () => {
    for (const bytes of [words, Buffer.alloc(0), randomBytes(100_000)])
      expect(Buffer.from(unseal(key, seal(key, bytes, 'mail:1'), 'mail:1'))).toEqual(bytes);
  });

  test('is another one each time', () => {
    expect(Buffer.from(seal(key, words, 'mail:1'))).not.toEqual(Buffer.from(seal(key, words, 'mail:1')));
  });

  test('does not open for another key or another purpose', () => {
    expect(() => unseal(randomBytes(32), seal(key, words, 'mail:1'), 'mail:1')).toThrow(broken);
    expect(() => unseal(key, seal(key, words, 'mail:1'), 'mail:2')).toThrow(broken);
  });

  test('does not open when any one byte of it was changed, or when it was cut short', () => {
    const sealed = seal(key, words, 'mail:1');
    for (let place = 0; place < sealed.length; place += 1) {
      const changed = Uint8Array.from(sealed, (byte, index) => (index === place ? byte ^ 1 : byte));
      expect(() => unseal(key, changed, 'mail:1')).toThrow(broken);
      expect(() => unseal(key, sealed.subarray(0, place), 'mail:1')).toThrow(broken);
    }
  });

  test('takes a key of 256 bits and no other', () => {
    for (const size of [0, 16, 31, 33])
      expect(() => seal(randomBytes(size), words, 'x')).toThrow(expect.objectContaining({ code: 'SEAL_INVALID' }));
  });
});

describe('a signature', () => {
  const signer = signerOf(newSigningKey());
  const signature = signer.sign('the text');

  test('is not good when it is spelt in another way, cut short or no signature at all', () => {
    const standard = Buffer.from(signature, 'base64url').toString('base64');
    for (const other of [`${signature}=`, ` ${signature}`, standard, signature.slice(0, -2), '', 'x'.repeat(86)])
      expect(verifySignature(signer.publicKey, 'the text', other)).toBe(false);
  });

  test('is not good for what is no Ed25519 key', () => {
    const { publicKey } = generateKeyPairSync('x25519');
    const other = publicKey.export({ type: 'spki', format: 'pem' }) as string;
    for (const key of [other, '', 'no key', signer.keyId])
      expect(verifySignature(key, 'the text', signature)).toBe(false);
  });
});

describe('a file of public keys', () => {
  const signer = signerOf(newSigningKey());
  const { keyId, publicKey } = signer;
  const stranger = signerOf(newSigningKey());

  test.each([
    ['nothing there', undefined],
    ['no JSON', 'BEGIN PUBLIC KEY'],
    ['no list', '{}'],
    ['null', 'null'],
    ['no key', JSON.stringify({ keys: [{ keyId, algorithm: 'Ed25519', publicKey: 'x' }] })],
    ['another algorithm', JSON.stringify({ keys: [{ keyId, algorithm: 'RSA', publicKey }] })],
    [
      'an id borrowed from another key',
      JSON.stringify({ keys: [{ keyId, algorithm: 'Ed25519', publicKey: stranger.publicKey }] }),
    ],
  ])('is refused whole: %s', async (_what, text) => {
    const path = join(await mkdtemp(join(tmpdir(), 'kept-keys-')), 'keys.json');
    if (text !== undefined) await writeFile(path, text);

    await expect(loadPublicKeys(path)).rejects.toMatchObject({ code: 'KEYS_FILE_INVALID', place: path });
  });
});
