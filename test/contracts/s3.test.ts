import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import S3rver from '@20minutes/s3rver';
import { CreateMultipartUploadCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { requireS3Tls } from '../../packages/core/src/adapters/files/s3/requireS3Tls.ts';
import { s3Files } from '../../packages/core/src/adapters/files/s3/s3Files.ts';
import type { WritableFiles } from '../../packages/core/src/adapters/files/writableFiles.ts';
import { s3Fake } from '../support/s3Fake/s3Fake.ts';
import { fileStoreContract } from './fileStoreContract.ts';

const derived = ['thumbnail', 'preview'];
const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
const clientOf = (endpoint: string): S3Client =>
  new S3Client({ endpoint, credentials, region: 'eu-central-1', forcePathStyle: true, maxAttempts: 1 });

let fake: Awaited<ReturnType<typeof s3Fake>>;
let client: S3Client;
let server: S3rver | undefined;
let real: S3Client;
let opened = 0;

beforeAll(async () => {
  fake = await s3Fake();
  client = clientOf(fake.endpoint);
  server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    allowMismatchedSignatures: true,
    directory: await mkdtemp(join(tmpdir(), 'kept-s3-')),
    configureBuckets: [{ name: 'media' }],
  });
  forgiveEmptyFolders(server);
  real = clientOf(`http://127.0.0.1:${(await server.run()).port}`);
});
afterAll(async () => {
  client?.destroy();
  real?.destroy();
  await server?.close();
  await fake?.close();
});

/** Of two deletes at once that leave a folder empty, this server's second does not find the folder: its object is gone all the same. */
function forgiveEmptyFolders({ store }: S3rver): void {
  const deleteObject = store.deleteObject.bind(store);
  store.deleteObject = (bucket, key) =>
    deleteObject(bucket, key).catch((error) => {
      if (error.code !== 'ENOENT') throw error;
    });
}

/** An empty bucket of the fake, as it is set. */
function bucket(set: Partial<Pick<typeof fake.state, 'versioning' | 'encrypted'>> = {}): Promise<WritableFiles> {
  const { state } = fake;
  Object.assign(state, { versioning: undefined, encrypted: false, ...set });
  for (const each of [state.versions, state.uploads, state.denied, state.broken]) each.clear();
  state.asked.length = 0;
  return s3Files(client, { bucket: 'media', derived });
}

fileStoreContract('S3, another maker’s server', () => {
  opened += 1;
  return s3Files(real, { bucket: 'media', prefix: `test${opened}/`, derived });
});
fileStoreContract('S3', () => bucket());
fileStoreContract('S3, with versions', () => bucket({ versioning: 'Enabled' }));
fileStoreContract('S3, where versions are kept no longer', () => bucket({ versioning: 'Suspended' }));

describe('a bucket that keeps versions', () => {
  test('nothing of a file is left in it: no version, no marker, no rendition, no upload that was begun', async () => {
    const files = await bucket({ versioning: 'Enabled' });
    for (let version = 0; version < 5; version += 1) await files.put('a&b/film.mp4', Buffer.from(`cut ${version}`));
    await files.put('a&b/film.mp4.thumbnail', Buffer.from('small'));
    fake.state.delete('a&b/film.mp4');
    await client.send(new CreateMultipartUploadCommand({ Bucket: 'media', Key: 'a&b/film.mp4' }));
    await client.send(new CreateMultipartUploadCommand({ Bucket: 'media', Key: 'a&b/film.mp42' }));

    expect(await files.remove(['a&b/film.mp4'])).toEqual([{ key: 'a&b/film.mp4', state: 'gone' }]);

    expect([...fake.state.versions]).toEqual([]);
    expect([...fake.state.uploads.values()].map(({ key }) => key)).toEqual(['a&b/film.mp42']);
  });

  test('more versions than a page shows, and a thousand in each request to delete', async () => {
    const files = await bucket({ versioning: 'Enabled' });
    for (let version = 0; version < 2_500; version += 1) fake.state.put('film.mp4', Buffer.from('cut'));
    fake.state.put('film.mp4x', Buffer.from('another'));

    expect(await files.remove(['film.mp4'])).toEqual([{ key: 'film.mp4', state: 'gone' }]);

    expect([...fake.state.versions.keys()]).toEqual(['film.mp4x']);
    expect(fake.state.asked.filter((each) => each === 'DeleteObjects')).toHaveLength(3);
  });

  test('names that only begin the same are not searched through', async () => {
    const files = await bucket({ versioning: 'Enabled' });
    fake.state.put('a', Buffer.from('mine'));
    for (let n = 0; n < 3_000; n += 1) fake.state.put(`another${n}`, Buffer.from('theirs'));

    await files.remove(['a']);

    expect(fake.state.asked.filter((each) => each === 'ListObjectVersions')).toHaveLength(1);
    expect(fake.state.versions.size).toBe(3_000);
  });
});

describe('what does not go', () => {
  const UNTIL = new Date('2099-01-01T00:00:00Z');
  const lockOne = (key: string, lock: object): void => {
    Object.assign(fake.state.versions.get(key)?.at(-1) ?? {}, lock);
  };

  test('a lock is reported with its end, and what it does not lock goes all the same', async () => {
    const files = await bucket({ versioning: 'Enabled' });
    for (const key of ['locked.mp4', 'locked.mp4', 'locked.mp4.thumbnail', 'free.mp4'])
      await files.put(key, Buffer.from('x'));
    lockOne('locked.mp4', { retainUntil: UNTIL });

    expect(await files.remove(['locked.mp4', 'free.mp4'])).toEqual([
      { key: 'locked.mp4', state: 'locked', until: UNTIL },
      { key: 'free.mp4', state: 'gone' },
    ]);

    expect([...fake.state.versions].map(([key, all]) => [key, all.length])).toEqual([['locked.mp4', 1]]);
  });

  test('a legal hold has no end, whatever retention stands beside it; once it is lifted the file goes', async () => {
    const files = await bucket({ versioning: 'Enabled' });
    await files.put('film.mp4', Buffer.from('x'));
    lockOne('film.mp4', { retainUntil: UNTIL, legalHold: true });
    expect(await files.remove(['film.mp4'])).toEqual([{ key: 'film.mp4', state: 'locked' }]);

    lockOne('film.mp4', { retainUntil: undefined, legalHold: false });

    expect(await files.remove(['film.mp4'])).toEqual([{ key: 'film.mp4', state: 'gone' }]);
  });

  test('a locked rendition keeps its file from being told gone', async () => {
    const files = await bucket({ versioning: 'Enabled' });
    for (const key of ['film.mp4', 'film.mp4.preview']) await files.put(key, Buffer.from('x'));
    lockOne('film.mp4.preview', { retainUntil: UNTIL });

    expect(await files.remove(['film.mp4'])).toEqual([{ key: 'film.mp4', state: 'locked', until: UNTIL }]);
  });

  test('one that the store cannot delete hinders no other', async () => {
    const files = await bucket();
    for (const key of ['one.mp4', 'two.mp4']) await files.put(key, Buffer.from('x'));
    fake.state.broken.set('one.mp4', Number.POSITIVE_INFINITY);

    expect(await files.remove(['one.mp4', 'two.mp4'])).toEqual([
      { key: 'one.mp4', state: 'failed', code: 'InternalError' },
      { key: 'two.mp4', state: 'gone' },
    ]);
  });

  test('one that the store fails to delete at first goes when it is asked again', async () => {
    const files = await bucket();
    await files.put('one.mp4', Buffer.from('x'));
    fake.state.broken.set('one.mp4', 2);

    expect(await files.remove(['one.mp4'])).toEqual([{ key: 'one.mp4', state: 'gone' }]);
  });

  test.each(['DeleteObjects', 'ListObjectVersions', 'ListMultipartUploads'])(
    'where the account may not %s, nothing is told to be gone',
    async (operation) => {
      const files = await bucket({ versioning: 'Enabled' });
      await files.put('film.mp4', Buffer.from('x'));
      fake.state.denied.add(operation);

      expect(await files.remove(['film.mp4'])).toEqual([{ key: 'film.mp4', state: 'denied', code: 'AccessDenied' }]);
    },
  );

  test('a file that the account may not read is denied, not missing', async () => {
    const files = await bucket();
    await files.put('film.mp4', Buffer.from('x'));
    fake.state.denied.add('GetObject');

    await expect(files.read('film.mp4')).rejects.toMatchObject({ code: 'FILE_DENIED' });
  });
});

describe('what is put', () => {
  test('a broken upload leaves no parts behind', async () => {
    const files = await bucket();
    async function* broken() {
      yield Buffer.alloc(17 * 1024 * 1024);
      throw new Error('connection lost');
    }

    await expect(files.put('film.mp4', broken())).rejects.toThrow('connection lost');

    expect(fake.state.asked).toContain('AbortMultipartUpload');
    expect(fake.state.uploads.size).toBe(0);
  });

  test('the host’s own streams, sent in chunks with a checksum behind, are read as they were', async () => {
    const files = await bucket();
    const Body = Readable.from([Buffer.from('in '), Buffer.from('parts')]);
    await client.send(new PutObjectCommand({ Bucket: 'media', Key: 'film.mp4', Body, ContentLength: 8 }));

    expect((await buffer(await files.read('film.mp4'))).toString()).toBe('in parts');
  });
});

describe('encryption', () => {
  const before = process.env.NODE_ENV;
  afterEach(() => {
    process.env.NODE_ENV = before;
  });

  test('the bucket says itself whether it is encrypted at rest; in production one that is not is refused (part of sdance-ai.security.at-rest)', async () => {
    expect((await bucket({ encrypted: true })).encrypted).toBe(true);
    expect((await bucket()).encrypted).toBe(false);

    process.env.NODE_ENV = 'production';

    await expect(bucket()).rejects.toMatchObject({ code: 'FILES_NOT_ENCRYPTED' });
    expect((await bucket({ encrypted: true })).encrypted).toBe(true);
  });

  test('seedance25.security.object-storage-transit: a bucket on another machine is not spoken to without TLS; one on this machine is, for development (part of sdance-ai.security.tls)', async () => {
    const away = clientOf('http://store.example.org');
    await expect(s3Files(away, { bucket: 'media' })).rejects.toMatchObject({ code: 'STORE_NOT_ENCRYPTED' });
    await expect(requireS3Tls(clientOf('https://store.example.org'))).resolves.toBeUndefined();
    await expect(bucket()).resolves.toMatchObject({ kind: 's3' });
  });
});
