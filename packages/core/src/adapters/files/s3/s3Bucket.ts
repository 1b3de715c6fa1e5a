import type * as aws from '@aws-sdk/client-s3';

/** A bucket, and the AWS library that speaks to it; it is loaded only where a host keeps files in S3. */
export interface S3Bucket {
  readonly aws: typeof aws;
  readonly client: aws.S3Client;
  readonly bucket: string;
}
