import type { BucketState } from './bucketState.ts';

const PAGE = 1_000;

export interface Asked {
  readonly key: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

export interface S3Answer {
  readonly status?: number;
  readonly xml?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

type Answer = (state: BucketState, asked: Asked) => S3Answer;

export const refused = (status: number, code: string): S3Answer => ({
  status,
  xml: `<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
});

/** What each operation answers; the names are those of S3's own API. */
export const answers: Readonly<Record<string, Answer>> = {
  PutObject(state, { key, body }) {
    state.put(key, body);
    return { headers: { etag: '"e"' } };
  },
  GetObject(state, { key }) {
    const found = state.current(key);
    return found ? { body: found.bytes } : refused(404, 'NoSuchKey');
  },
  HeadObject(state, { key }) {
    const found = state.current(key);
    return found ? { headers: { 'content-length': String(found.bytes.length) } } : { status: 404 };
  },
  GetBucketVersioning: ({ versioning }) => ({
    xml: `<VersioningConfiguration>${versioning ? `<Status>${versioning}</Status>` : ''}</VersioningConfiguration>`,
  }),
  GetBucketEncryption: ({ encrypted }) =>
    encrypted
      ? {
          xml: '<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>',
        }
      : refused(404, 'ServerSideEncryptionConfigurationNotFoundError'),
  ListObjectVersions({ versions }, { query }) {
    const all = [...versions]
      .filter(([key]) => key.startsWith(query.get('prefix') ?? ''))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([key, list]) => list.map(({ id, marker }) => ({ key, id, marker })));
    const marker = `${query.get('key-marker')}\n${query.get('version-id-marker')}`;
    const from = all.findIndex(({ key, id }) => `${key}\n${id}` === marker) + 1;
    const page = all.slice(from, from + PAGE);
    const lines = page.map(({ key, id, marker: is }) => {
      const tag = is ? 'DeleteMarker' : 'Version';
      return `<${tag}><Key>${escaped(key)}</Key><VersionId>${id}</VersionId></${tag}>`;
    });
    const last = page.at(-1);
    const more = from + PAGE < all.length && last;
    const next = more
      ? `<NextKeyMarker>${escaped(last.key)}</NextKeyMarker><NextVersionIdMarker>${last.id}</NextVersionIdMarker>`
      : '';
    return {
      xml: `<ListVersionsResult><IsTruncated>${Boolean(more)}</IsTruncated>${next}${lines.join('')}</ListVersionsResult>`,
    };
  },
  DeleteObjects(state, { body }) {
    const objects = [...String(body).matchAll(/<Object>(.*?)<\/Object>/gs)].map(([, one = '']) => one);
    if (objects.length > PAGE) return refused(400, 'MalformedXML');
    const errors = objects.flatMap((one) => {
      const key = text(one, 'Key') ?? '';
      const id = text(one, 'VersionId');
      const code = state.delete(key, id);
      const version = id === undefined ? '' : `<VersionId>${id}</VersionId>`;
      return code ? [`<Error><Key>${escaped(key)}</Key>${version}<Code>${code}</Code></Error>`] : [];
    });
    return { xml: `<DeleteResult>${errors.join('')}</DeleteResult>` };
  },
  GetObjectRetention(state, asked) {
    const until = versionOf(state, asked)?.retainUntil;
    return until
      ? {
          xml: `<Retention><Mode>COMPLIANCE</Mode><RetainUntilDate>${until.toISOString()}</RetainUntilDate></Retention>`,
        }
      : refused(404, 'NoSuchObjectLockConfiguration');
  },
  GetObjectLegalHold: (state, asked) =>
    versionOf(state, asked)?.legalHold
      ? { xml: '<LegalHold><Status>ON</Status></LegalHold>' }
      : refused(404, 'NoSuchObjectLockConfiguration'),
  CreateMultipartUpload({ uploads, ...state }, { key }) {
    const id = `upload-${uploads.size}-${state.asked.length}`;
    uploads.set(id, { key, parts: new Map() });
    return { xml: `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>` };
  },
  UploadPart({ uploads }, { query, body }) {
    uploads.get(query.get('uploadId') ?? '')?.parts.set(Number(query.get('partNumber')), body);
    return { headers: { etag: `"${query.get('partNumber')}"` } };
  },
  CompleteMultipartUpload(state, { key, query }) {
    const id = query.get('uploadId') ?? '';
    const parts = [...(state.uploads.get(id)?.parts ?? [])].sort(([a], [b]) => a - b);
    state.put(key, Buffer.concat(parts.map(([, bytes]) => bytes)));
    state.uploads.delete(id);
    return { xml: '<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>' };
  },
  AbortMultipartUpload({ uploads }, { query }) {
    return uploads.delete(query.get('uploadId') ?? '') ? { status: 204 } : refused(404, 'NoSuchUpload');
  },
  ListMultipartUploads({ uploads }, { query }) {
    const lines = [...uploads]
      .filter(([, { key }]) => key.startsWith(query.get('prefix') ?? ''))
      .map(([id, { key }]) => `<Upload><Key>${escaped(key)}</Key><UploadId>${id}</UploadId></Upload>`);
    return { xml: `<ListMultipartUploadsResult>${lines.join('')}</ListMultipartUploadsResult>` };
  },
};

function versionOf({ versions }: BucketState, { key, query }: Asked) {
  return versions.get(key)?.find(({ id }) => id === query.get('versionId'));
}

function text(xml: string, tag: string): string | undefined {
  return new RegExp(`<${tag}>(.*?)</${tag}>`, 's')
    .exec(xml)?.[1]
    ?.replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}

function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
