import type { S3Client } from '@aws-sdk/client-s3';
import { KeptError } from '../../../kernel/keptError.ts';
import { isLoopback } from '../../loopback/isLoopback.ts';

/** Throws STORE_NOT_ENCRYPTED where files would leave this machine without TLS. */
export async function requireS3Tls({ config }: S3Client): Promise<void> {
  const endpoint = await config.endpoint?.();
  const secure = endpoint ? endpoint.protocol === 'https:' || isLoopback(endpoint.hostname) : config.tls !== false;
  if (secure) return;
  throw new KeptError(
    'STORE_NOT_ENCRYPTED',
    'The bucket is on another machine, and the connection to it is not encrypted',
    {
      place: 's3Files, client',
      remedy: 'Give the client an endpoint with https://.',
    },
  );
}
