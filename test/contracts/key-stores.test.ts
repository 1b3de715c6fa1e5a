import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { fileKeys } from '../../packages/core/src/adapters/keys/fileKeys.ts';
import { memoryKeys } from '../../packages/core/src/adapters/keys/memoryKeys.ts';
import { loadPublicKeys, verifySignature } from '../../packages/core/src/adapters/keys/signatures.ts';
import { keyStoreContract } from './keyStoreContract.ts';

const directory = async () => join(await mkdtemp(join(tmpdir(), 'kept-keys-')), 'keys');

keyStoreContract('memory', async () => ({ keys: memoryKeys() }));
keyStoreContract('files', async () => {
  const place = await directory();
  return { keys: fileKeys(place), again: async () => fileKeys(place) };
});

async function allFiles(place: string): Promise<string[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe('keys in files', () => {
  test('nobody but their owner can enter the directory or read a file', async () => {
    const place = await directory();
    await fileKeys(place).create('mail:1');

    for (const path of [place, join(place, 'data'), ...(await allFiles(place))])
      expect((await stat(path)).mode & 0o077).toBe(0);
  });

  test('a directory that others may enter is refused', async () => {
    const place = await directory();
    await fileKeys(place).create('mail:1');
    await chmod(place, 0o755);

    await expect(fileKeys(place).get('mail:1')).rejects.toMatchObject({ code: 'DIRECTORY_EXPOSED' });
    await chmod(place, 0o700);
    expect(await fileKeys(place).get('mail:1')).toHaveLength(32);
  });

  test('no file shows a key or whose it is', async () => {
    const place = await directory();
    const key = Buffer.from(await fileKeys(place).create('subject:ann@example.com'));

    for (const path of await allFiles(place)) {
      expect(path).not.toContain('ann');
      const bytes = await readFile(path);
      expect(bytes.includes(key)).toBe(false);
      expect(bytes.includes('ann@example.com')).toBe(false);
    }
  });

  test('a key file that is put in the place of another one does not open', async () => {
    const place = await directory();
    await fileKeys(place).create('mail:1');
    const [first = ''] = await readdir(join(place, 'data'));
    const bytes = await readFile(join(place, 'data', first));
    await fileKeys(place).create('mail:2');
    const second = (await readdir(join(place, 'data'))).find((name) => name !== first) ?? '';
    await writeFile(join(place, 'data', second), bytes);

    await expect(fileKeys(place).get('mail:2')).rejects.toMatchObject({ code: 'KEYS_BROKEN' });
  });

  test('a destruction cut short after the overwriting is a destruction (part of sdance-ai.security.at-rest)', async () => {
    const place = await directory();
    const before = Buffer.from(await fileKeys(place).create('mail:1'));
    const [name = ''] = await readdir(join(place, 'data'));
    const { size } = await stat(join(place, 'data', name));
    await writeFile(join(place, 'data', name), Buffer.alloc(size));

    expect(await fileKeys(place).get('mail:1')).toBeUndefined();
    expect(Buffer.from(await fileKeys(place).create('mail:1'))).not.toEqual(before);
  });

  test('a lost master secret is an error and never replaced by a new one', async () => {
    const place = await directory();
    await fileKeys(place).create('mail:1');
    await rm(join(place, 'master.key'));

    await expect(fileKeys(place).get('mail:1')).rejects.toMatchObject({ code: 'KEYS_BROKEN' });
    await expect(fileKeys(place).create('mail:2')).rejects.toMatchObject({ code: 'KEYS_BROKEN' });
    expect(await readdir(place)).not.toContain('master.key');
  });

  test('the list of public keys verifies what the store signed', async () => {
    const place = await directory();
    const signer = await fileKeys(place).signer();

    const [listed] = await loadPublicKeys(join(place, 'signing.public.json'));

    expect(listed).toEqual({ keyId: signer.keyId, algorithm: 'Ed25519', publicKey: signer.publicKey });
    expect(verifySignature(listed?.publicKey ?? '', 'text', signer.sign('text'))).toBe(true);
  });
});
