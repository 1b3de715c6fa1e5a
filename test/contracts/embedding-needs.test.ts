import { expect, test } from '@jest/globals';
import {
  createKept,
  type KeptOptions,
  loadPack,
  memoryFiles,
  memoryKeys,
  memoryLedger,
  memoryMailer,
} from '@kept/core';

const options = async (change: Partial<KeptOptions>): Promise<KeptOptions> => ({
  policy: await loadPack('sdance-ai'),
  data: {},
  files: { media: memoryFiles() },
  keys: memoryKeys(),
  ledger: memoryLedger(),
  mail: memoryMailer(),
  publicUrl: 'https://host.test/privacy',
  ...change,
});

test('Kept does not start on a database of another machine without TLS (part of sdance-ai.security.tls)', async () => {
  const away = { getClient: () => ({ options: { hosts: [{ host: 'db.example.org' }], tls: false } }) };
  await expect(createKept(await options({ data: away }))).rejects.toMatchObject({ code: 'DATABASE_NOT_ENCRYPTED' });
  await expect(createKept(await options({ control: away }))).rejects.toMatchObject({ code: 'DATABASE_NOT_ENCRYPTED' });
});

test('Kept does not start without the file stores that the inventory names', async () => {
  await expect(createKept(await options({ files: {} }))).rejects.toMatchObject({ code: 'FILE_STORE_MISSING' });
});

test('Kept does not start on a connection that is not open yet, and says what to do', async () => {
  await expect(createKept(await options({}))).rejects.toMatchObject({
    code: 'DATABASE_MISSING',
    remedy: expect.stringContaining('Connect first'),
  });
});
