import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect } from '@jest/globals';
import { GridFSBucket, type GridFSBucketReadStreamOptions } from 'mongodb';
import { compatibility, item } from './support/scene.ts';

const { db } = compatibility('gridfs');

item('GridFS upload/download 5 MiB + metadata + range + delete', async () => {
  const bucket = new GridFSBucket(db, { bucketName: 'fs', chunkSizeBytes: 255 * 1024 });
  const content = randomBytes(5 * 1024 * 1024 + 17);
  const upload = bucket.openUploadStream('f.bin', { metadata: { k: 1 } });
  await pipeline(Readable.from([content.subarray(0, 3e6), content.subarray(3e6)]), upload);
  const download = async (options?: GridFSBucketReadStreamOptions): Promise<Buffer> =>
    Buffer.concat(await bucket.openDownloadStream(upload.id, options).toArray());

  expect((await download()).equals(content)).toBe(true);
  expect((await download({ start: 1000, end: 600_000 })).equals(content.subarray(1000, 600_000))).toBe(true);
  expect((await bucket.find({ filename: 'f.bin' }).toArray())[0]?.metadata).toEqual({ k: 1 });

  await bucket.delete(upload.id);
  expect(await db.collection('fs.chunks').countDocuments()).toBe(0);
});
