import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { fileDenied } from '../fileDenied.ts';
import { fileNotFound } from '../fileNotFound.ts';
import { requireEncryption } from '../requireEncryption.ts';
import { safeKey } from '../safeKey.ts';
import type { FilesOptions, WritableFiles } from '../writableFiles.ts';
import { putObject } from './putObject.ts';
import { removeObjects } from './removeObjects.ts';
import { requireS3Tls } from './requireS3Tls.ts';
import { s3Failure } from './s3Failure.ts';
import { isEncrypted } from './s3Settings.ts';

export interface S3Options extends FilesOptions {
  readonly bucket: string;
  /** Stands before every key, such as `media/`. */
  readonly prefix?: string;
}

/**
 * Files in a bucket of S3, or of what speaks its protocol, through the host's own client (`@aws-sdk/client-s3` 3). Where
 * nobody says whether the bucket is encrypted at rest, it is asked. A removal takes all versions and delete markers, and
 * uploads that were begun; a lock is reported with its end and never bypassed. The account needs GetObject, PutObject,
 * DeleteObject, DeleteObjectVersion, AbortMultipartUpload, GetObjectRetention and GetObjectLegalHold on the objects, ListBucket,
 * ListBucketVersions, ListBucketMultipartUploads, GetBucketVersioning and GetEncryptionConfiguration on the bucket.
 *
 * Throws FILES_NOT_ENCRYPTED in production without encryption at rest, STORE_NOT_ENCRYPTED without TLS to another machine.
 */
export async function s3Files(client: S3Client, options: S3Options): Promise<WritableFiles> {
  const { bucket, prefix = '', derived = [] } = options;
  const at = { aws: await import('@aws-sdk/client-s3'), client, bucket };
  await requireS3Tls(client);
  const encrypted = options.encrypted ?? (await isEncrypted(at));
  requireEncryption('s3', encrypted);

  const nameOf = (key: string): string => `${prefix}${safeKey(key)}`;
  const size = async (key: string): Promise<number | undefined> => {
    const Key = nameOf(key);
    const head = await client.send(new at.aws.HeadObjectCommand({ Bucket: bucket, Key })).catch(missing);
    return head?.ContentLength;
  };

  return {
    kind: 's3',
    encrypted,
    has: async (key) => (await size(key)) !== undefined,
    size,
    put: async (key, content) => putObject(at, nameOf(key), content),
    async read(key) {
      const Key = nameOf(key);
      const object = await client.send(new at.aws.GetObjectCommand({ Bucket: bucket, Key })).catch(missing);
      if (!object?.Body) throw fileNotFound();
      return object.Body as Readable;
    },
    remove: (keys) => removeObjects(at, { prefix, derived }, keys),
  };
}

function missing(error: unknown): undefined {
  const failure = s3Failure(error);
  if (failure.missing) return undefined;
  throw failure.denied ? fileDenied() : error;
}
