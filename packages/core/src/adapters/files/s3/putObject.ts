import { inPieces } from '../inPieces.ts';
import type { S3Bucket } from './s3Bucket.ts';

/** S3 takes 10,000 parts of at least 5 MiB: so a file may have 156 GiB, and 16 MiB of it are held at a time. */
const PART_BYTES = 16 * 1024 * 1024;

/** Puts an object whole or not at all; answers its size. What is longer than a part goes in several. */
export async function putObject(
  at: S3Bucket,
  Key: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<number> {
  const { aws, client, bucket } = at;
  const pieces = inPieces(content, PART_BYTES);
  const { value: first = Buffer.alloc(0), done } = await pieces.next();
  if (!done && first.byteLength === PART_BYTES) return putInParts(at, Key, first, pieces);
  await client.send(new aws.PutObjectCommand({ Bucket: bucket, Key, Body: first }));
  return first.byteLength;
}

async function putInParts(
  { aws, client, bucket }: S3Bucket,
  Key: string,
  first: Buffer,
  rest: AsyncIterable<Buffer>,
): Promise<number> {
  const { UploadId } = await client.send(new aws.CreateMultipartUploadCommand({ Bucket: bucket, Key }));
  const upload = { Bucket: bucket, Key, UploadId };
  const Parts: { ETag: string | undefined; PartNumber: number }[] = [];
  let size = 0;
  const putPart = async (Body: Buffer): Promise<void> => {
    const PartNumber = Parts.length + 1;
    const { ETag } = await client.send(new aws.UploadPartCommand({ ...upload, PartNumber, Body }));
    Parts.push({ ETag, PartNumber });
    size += Body.byteLength;
  };
  try {
    await putPart(first);
    for await (const piece of rest) await putPart(piece);
    await client.send(new aws.CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    return size;
  } catch (error) {
    // Where that fails too, the removal of this key aborts it.
    await client.send(new aws.AbortMultipartUploadCommand(upload)).catch(() => undefined);
    throw error;
  }
}
