import type { TellFate } from './fate.ts';
import type { S3Bucket } from './s3Bucket.ts';
import { s3Failure } from './s3Failure.ts';

/** Aborts what was begun to be uploaded under these names: its parts lie in the bucket, though no list of objects shows them. */
export async function abortUploads(at: S3Bucket, names: readonly string[], tell: TellFate): Promise<void> {
  const { aws, client, bucket } = at;
  const ours = new Set(names);
  try {
    for await (const { Key, UploadId } of uploads(at, commonPrefix(names))) {
      if (Key === undefined || !ours.has(Key)) continue;
      await client.send(new aws.AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId })).catch((error) => {
        const { missing, denied, code } = s3Failure(error);
        if (!missing) tell(Key, { state: denied ? 'denied' : 'failed', code });
      });
    }
  } catch (error) {
    const { unknown, denied, code } = s3Failure(error);
    // Nobody knows whether something lies there.
    if (!unknown) for (const name of names) tell(name, { state: denied ? 'denied' : 'failed', code });
  }
}

async function* uploads(
  { aws, client, bucket }: S3Bucket,
  Prefix: string,
): AsyncGenerator<{ readonly Key?: string | undefined; readonly UploadId?: string | undefined }> {
  let next: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } = {};
  for (;;) {
    const page = await client.send(new aws.ListMultipartUploadsCommand({ Bucket: bucket, Prefix, ...next }));
    yield* page.Uploads ?? [];
    if (!page.IsTruncated) return;
    next = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
  }
}

/** What all of them begin with. */
function commonPrefix(names: readonly string[]): string {
  const [first = '', ...rest] = names;
  let length = first.length;
  for (const name of rest) while (!name.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}
