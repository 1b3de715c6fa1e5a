import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { gridFsFiles } from '../../packages/core/src/adapters/files/gridFsFiles.ts';
import { aDatabase } from './aDatabase.ts';
import { fileStoreContract } from './fileStoreContract.ts';

let the: Awaited<ReturnType<typeof aDatabase>>;
let opened = 0;

beforeAll(async () => {
  the = await aDatabase();
});
afterAll(() => the.close());

const open = async () => {
  opened += 1;
  return gridFsFiles(the, { bucket: `bucket${opened}`, derived: ['thumbnail', 'preview'] });
};
const all = (suffix: 'files' | 'chunks') => the.db.collection(`bucket${opened}.${suffix}`);

fileStoreContract('GridFS', open);

describe('files in GridFS', () => {
  test('those that the host wrote with its own driver are read, and all their revisions go', async () => {
    const files = await open();
    const bucket = new mongoose.mongo.GridFSBucket(the.db, { bucketName: `bucket${opened}` });
    for (const text of ['first', 'second'])
      await new Promise<void>((resolve, reject) => {
        bucket
          .openUploadStream('generations/a.mp4')
          .on('finish', () => resolve())
          .on('error', reject)
          .end(text);
      });

    expect((await buffer(await files.read('generations/a.mp4'))).toString()).toBe('second');
    await files.remove(['generations/a.mp4']);

    expect([await all('files').countDocuments(), await all('chunks').countDocuments()]).toEqual([0, 0]);
  });

  test('the host reads with its own driver what was put', async () => {
    const files = await open();
    await files.put('a.mp4', Buffer.alloc(600_000, 7));

    const bucket = new mongoose.mongo.GridFSBucket(the.db, { bucketName: `bucket${opened}` });
    const read = await buffer(bucket.openDownloadStreamByName('a.mp4'));

    expect(read.equals(Buffer.alloc(600_000, 7))).toBe(true);
  });

  test('what is left of a write that a crash broke off goes with the file, and nothing of a namesake', async () => {
    const files = await open();
    await files.put('a.mp4', Buffer.from('whole'));
    await files.put('aa.mp4', Buffer.from('another'));
    const crashed = { _id: 'c', filename: 'a.mp4\n', length: 0, chunkSize: 4, uploadDate: new Date('2026-03-03') };
    await all('files').insertOne(crashed as object);
    await all('chunks').insertOne({ files_id: 'c', n: 0, data: Buffer.from('half') } as object);
    expect((await buffer(await files.read('a.mp4'))).toString()).toBe('whole');

    await files.remove(['a.mp4']);

    expect([await all('files').countDocuments(), await all('chunks').countDocuments()]).toEqual([1, 1]);
    expect((await buffer(await files.read('aa.mp4'))).toString()).toBe('another');
  });

  test('a file that is removed while it is being written is not there afterwards, and whoever writes it hears of it', async () => {
    const files = await open();
    async function* slow() {
      yield Buffer.alloc(5_000_000);
      await files.remove(['a.mp4']);
      yield Buffer.alloc(5_000_000);
    }

    await expect(files.put('a.mp4', slow())).rejects.toMatchObject({ code: 'FILE_CONFLICT' });

    expect([await all('files').countDocuments(), await all('chunks').countDocuments()]).toEqual([0, 0]);
  });

  test('a file that lost a part is not handed out as whole', async () => {
    const files = await open();
    await files.put('a.mp4', Buffer.alloc(600_000, 7));
    await all('chunks').deleteOne({ n: 1 });

    await expect(buffer(await files.read('a.mp4'))).rejects.toMatchObject({ code: 'FILE_BROKEN' });
  });

  test('a database on another machine without TLS is refused', () => {
    const away = { getClient: () => ({ options: { hosts: [{ host: 'db.example.org' }], tls: false } }) };
    expect(() => gridFsFiles(away)).toThrow(expect.objectContaining({ code: 'DATABASE_NOT_ENCRYPTED' }));
  });
});
