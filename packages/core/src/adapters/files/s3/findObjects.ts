import type { TellFate } from './fate.ts';
import type { S3Bucket } from './s3Bucket.ts';
import { s3Failure } from './s3Failure.ts';

/** A version of an object, or a delete marker; without a version where the bucket keeps none. */
export interface Found {
  readonly Key: string;
  readonly VersionId?: string;
}

/** Files that are looked for at once. */
const AT_ONCE = 32;

/**
 * What is to go for each file, given as its names: renditions first, its own last. Tells of what is there that it is gone,
 * until something else becomes of it, and of what nobody may look at.
 */
export async function findObjects(
  at: S3Bucket,
  files: readonly (readonly string[])[],
  versions: boolean,
  tell: TellFate,
): Promise<Found[]> {
  const look = async (names: readonly string[]): Promise<readonly Found[]> => {
    const own = names.at(-1) ?? '';
    try {
      const found = versions ? await versionsOf(at, own, names) : names.map((Key) => ({ Key }));
      if (versions) for (const { Key } of found) tell(Key, { state: 'gone' });
      else if (await isThere(at, own)) tell(own, { state: 'gone' });
      return found;
    } catch (error) {
      const { denied, code } = s3Failure(error);
      tell(own, { state: denied ? 'denied' : 'failed', code });
      return [];
    }
  };
  const all: Found[] = [];
  for (let from = 0; from < files.length; from += AT_ONCE) {
    all.push(...(await Promise.all(files.slice(from, from + AT_ONCE).map(look))).flat());
  }
  return all;
}

async function isThere({ aws, client, bucket }: S3Bucket, Key: string): Promise<boolean> {
  try {
    await client.send(new aws.HeadObjectCommand({ Bucket: bucket, Key }));
    return true;
  } catch (error) {
    if (s3Failure(error).missing) return false;
    throw error;
  }
}

/** Names are listed in the order of their bytes, so what follows the last of ours is not asked for. */
async function versionsOf({ aws, client, bucket }: S3Bucket, own: string, names: readonly string[]): Promise<Found[]> {
  const last = [...names].sort(byBytes).at(-1) ?? own;
  const found: Found[] = [];
  let next: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const page = await client.send(new aws.ListObjectVersionsCommand({ Bucket: bucket, Prefix: own, ...next }));
    for (const { Key, VersionId } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]) {
      if (Key === undefined || !names.includes(Key)) continue;
      found.push({ Key, ...(VersionId !== undefined && { VersionId }) });
    }
    if (!page.IsTruncated || byBytes(page.NextKeyMarker ?? '', last) > 0) break;
    next = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
  // The file itself goes last: while it is there its removal is not over.
  return found.sort((a, b) => Number(a.Key === own) - Number(b.Key === own));
}

function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
