import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { awsChunked } from './awsChunked.ts';
import { BucketState } from './bucketState.ts';
import { answers, refused } from './s3Answers.ts';

/** Which operation a request is, by its method and what its query has. */
const OPERATIONS: readonly (readonly [method: string, query: string, operation: string])[] = [
  ['GET', 'versioning', 'GetBucketVersioning'],
  ['GET', 'encryption', 'GetBucketEncryption'],
  ['GET', 'versions', 'ListObjectVersions'],
  ['GET', 'uploads', 'ListMultipartUploads'],
  ['GET', 'retention', 'GetObjectRetention'],
  ['GET', 'legal-hold', 'GetObjectLegalHold'],
  ['GET', '', 'GetObject'],
  ['HEAD', '', 'HeadObject'],
  ['POST', 'delete', 'DeleteObjects'],
  ['POST', 'uploads', 'CreateMultipartUpload'],
  ['POST', 'uploadId', 'CompleteMultipartUpload'],
  ['PUT', 'partNumber', 'UploadPart'],
  ['PUT', '', 'PutObject'],
  ['DELETE', 'uploadId', 'AbortMultipartUpload'],
];

/** One bucket over HTTP on loopback, with what `@20minutes/s3rver` lacks: versions, markers, locks, uploads that were begun. */
export async function s3Fake(): Promise<{ state: BucketState; endpoint: string; close: () => Promise<void> }> {
  const state = new BucketState();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    const [, operation = 'Unknown'] =
      OPERATIONS.filter(([method, query]) => method === request.method && (query === '' || url.searchParams.has(query)))
        .map(([, query, name]) => [query, name] as const)
        .at(0) ?? [];
    state.asked.push(operation);
    const key = decodeURIComponent(url.pathname).split('/').slice(2).join('/');
    const body = await contentOf(request);
    const asked = { key, query: url.searchParams, body };
    const answer = state.denied.has(operation)
      ? refused(403, 'AccessDenied')
      : (answers[operation]?.(state, asked) ?? refused(501, 'NotImplemented'));
    response.writeHead(answer.status ?? 200, {
      ...(answer.xml && { 'content-type': 'application/xml' }),
      ...answer.headers,
    });
    response.end(request.method === 'HEAD' ? undefined : (answer.body ?? answer.xml));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    state,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function contentOf(request: IncomingMessage): Promise<Buffer> {
  const body = await buffer(request);
  return String(request.headers['content-encoding']).includes('aws-chunked') ? awsChunked(body) : body;
}
