import type { S3Bucket } from './s3Bucket.ts';
import { s3Failure } from './s3Failure.ts';

/** Whether the bucket encrypts what is put into it; false where it does not say so. */
export async function isEncrypted({ aws, client, bucket }: S3Bucket): Promise<boolean> {
  try {
    const answer = await client.send(new aws.GetBucketEncryptionCommand({ Bucket: bucket }));
    return (answer.ServerSideEncryptionConfiguration?.Rules?.length ?? 0) > 0;
  } catch (error) {
    s3Failure(error);
    return false;
  }
}

/** Whether it keeps earlier versions, or ever did. */
export async function keepsVersions({ aws, client, bucket }: S3Bucket): Promise<boolean> {
  try {
    return (await client.send(new aws.GetBucketVersioningCommand({ Bucket: bucket }))).Status !== undefined;
  } catch (error) {
    if (s3Failure(error).unknown) return false;
    throw error;
  }
}
