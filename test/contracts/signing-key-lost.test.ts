import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { fileKeys } from '../../packages/core/src/adapters/keys/fileKeys.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kept-signing-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

test('nothing is signed with a key that the published list does not hold', async () => {
  await fileKeys(directory).signer();
  await rm(join(directory, 'signing.pem'));
  await expect(fileKeys(directory).signer()).rejects.toMatchObject({ code: 'KEYS_BROKEN', place: 'keys/signing.pem' });
});

test('a list that was lost is written again for the same key', async () => {
  const { keyId } = await fileKeys(directory).signer();
  await rm(join(directory, 'signing.public.json'));
  expect((await fileKeys(directory).signer()).keyId).toBe(keyId);
});
