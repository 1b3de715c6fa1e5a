import { describe, expect, test } from '@jest/globals';
import { seal, unseal } from '../../packages/core/src/adapters/keys/seal.ts';
import { keyIdOf, verifySignature } from '../../packages/core/src/adapters/keys/signatures.ts';
import type { KeyStore } from '../../packages/core/src/engine/ports/edges.ts';

/** What every key store must keep. `open` makes an empty one; `again` opens the same one anew, as after a restart. */
export function keyStoreContract(
  kind: string,
  open: () => Promise<{ keys: KeyStore; again?: () => Promise<KeyStore> }>,
): void {
  describe(`a key store: ${kind}`, () => {
    test('makes a key of 256 bits once, and answers the same one from then on', async () => {
      const { keys } = await open();

      const key = await keys.create('mail:1');

      expect(key).toHaveLength(32);
      expect(Buffer.from(await keys.create('mail:1'))).toEqual(Buffer.from(key));
      expect(Buffer.from((await keys.get('mail:1')) ?? [])).toEqual(Buffer.from(key));
      expect(Buffer.from(await keys.create('mail:2'))).not.toEqual(Buffer.from(key));
    });

    test('knows no key that nobody made, and destroying it is no error', async () => {
      const { keys } = await open();

      expect(await keys.get('mail:1')).toBeUndefined();
      await keys.destroy('mail:1');
      expect(await keys.get('mail:1')).toBeUndefined();
    });

    test('what was sealed under a key is unreadable once the key is destroyed (part of sdance-ai.security.at-rest)', async () => {
      const { keys, again } = await open();
      const sealed = seal(await keys.create('mail:1'), Buffer.from('please delete everything'), 'mail:1');
      await keys.create('mail:2');
      await keys.destroy('mail:1');

      for (const store of [keys, (await again?.()) ?? keys]) {
        expect(await store.get('mail:1')).toBeUndefined();
        expect(await store.get('mail:2')).toHaveLength(32);
      }
      const next = await keys.create('mail:1');
      expect(() => unseal(next, sealed, 'mail:1')).toThrow(expect.objectContaining({ code: 'SEAL_BROKEN' }));
      expect(Buffer.from(sealed).includes('please')).toBe(false);
    });

    test.each(['../../etc/passwd', 'a/b', 'ü@example.com', '', 'x'.repeat(5000), '\0'])(
      'an id may hold anything: %j',
      async (id) => {
        const { keys } = await open();
        const key = await keys.create(id);
        await keys.create('another');

        expect(Buffer.from((await keys.get(id)) ?? [])).toEqual(Buffer.from(key));
        await keys.destroy(id);
        expect(await keys.get(id)).toBeUndefined();
        expect(await keys.get('another')).toHaveLength(32);
      },
    );

    test('of many who make the same key at once, all get the one that stays', async () => {
      const { keys, again } = await open();
      const other = (await again?.()) ?? keys;

      const made = await Promise.all(Array.from({ length: 12 }, (_, n) => (n % 2 ? keys : other).create('mail:1')));

      expect(new Set(made.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
    });

    test('signs so that anybody with the public key can tell, and nothing else passes', async () => {
      const { keys, again } = await open();
      const signer = await keys.signer();

      const signature = signer.sign('{"erased":3}');

      expect(signer.keyId).toBe(keyIdOf(signer.publicKey));
      expect(signer.keyId).toMatch(/^[0-9a-f]{16}$/);
      expect(signature).toMatch(/^[\w-]{86}$/);
      expect(verifySignature(signer.publicKey, '{"erased":3}', signature)).toBe(true);
      expect(verifySignature(signer.publicKey, '{"erased":4}', signature)).toBe(false);
      const stranger = await (await open()).keys.signer();
      expect(verifySignature(stranger.publicKey, '{"erased":3}', signature)).toBe(false);
      expect((await ((await again?.()) ?? keys).signer()).keyId).toBe(signer.keyId);
    });

    test('hashes the same words to the same code, another one for each use and each installation', async () => {
      const { keys, again } = await open();

      const mac = await keys.mac('ledger', 'ann@example.com');

      expect(mac).toMatch(/^[0-9a-f]{64}$/);
      expect(await ((await again?.()) ?? keys).mac('ledger', 'ann@example.com')).toBe(mac);
      expect(await keys.mac('suppression', 'ann@example.com')).not.toBe(mac);
      expect(await keys.mac('ledger', 'bob@example.com')).not.toBe(mac);
      expect(await (await open()).keys.mac('ledger', 'ann@example.com')).not.toBe(mac);
    });
  });
}
