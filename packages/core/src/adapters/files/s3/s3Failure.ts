/** What a bucket answered instead: its own word for it, and whether that means that something is not there, or not for us. */
export interface S3Failure {
  readonly code: string;
  readonly missing: boolean;
  readonly denied: boolean;
  /** The store knows no such thing at all, such as one that keeps no versions. */
  readonly unknown: boolean;
}

/** Throws again what is no answer of the bucket, such as a connection that broke off. */
export function s3Failure(error: unknown): S3Failure {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  if (status === undefined || name === 'NoSuchBucket') throw error;
  return {
    code: name ?? String(status),
    missing: status === 404,
    denied: status === 401 || status === 403,
    unknown: status === 501 || name === 'NotImplemented',
  };
}
