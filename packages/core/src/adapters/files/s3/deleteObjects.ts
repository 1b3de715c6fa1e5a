import type { Fate, TellFate } from './fate.ts';
import type { Found } from './findObjects.ts';
import { lockOf } from './lockOf.ts';
import type { S3Bucket } from './s3Bucket.ts';
import { s3Failure } from './s3Failure.ts';

/** What S3 takes in one request. */
const AT_ONCE = 1_000;

/** Objects for which S3 answers so may go when asked again at once. */
const PASSING = ['InternalError', 'SlowDown', 'ServiceUnavailable'];
const ATTEMPTS = 3;

/** Deletes in as few requests as it takes, in the given order; tells what became of those that did not go. */
export async function deleteObjects(at: S3Bucket, found: readonly Found[], tell: TellFate, attempt = 1): Promise<void> {
  const { aws, client, bucket } = at;
  const again: Found[] = [];
  for (let from = 0; from < found.length; from += AT_ONCE) {
    const Objects = found.slice(from, from + AT_ONCE);
    try {
      const { Errors = [] } = await client.send(
        new aws.DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: [...Objects], Quiet: true } }),
      );
      for (const { Key, VersionId, Code } of Errors) {
        if (Key === undefined || Code === 'NoSuchKey' || Code === 'NoSuchVersion') continue;
        const object = { Key, ...(VersionId && { VersionId }) };
        if (PASSING.includes(Code ?? '') && attempt < ATTEMPTS) again.push(object);
        else tell(Key, await whyNot(at, object, Code));
      }
    } catch (error) {
      const { denied, code } = s3Failure(error);
      for (const { Key } of Objects) tell(Key, { state: denied ? 'denied' : 'failed', code });
    }
  }
  if (again.length > 0) await deleteObjects(at, again, tell, attempt + 1);
}

/** S3 denies what is locked in the same words as what the account may not delete: only the object tells which it is. */
async function whyNot(at: S3Bucket, object: Found, code = 'Unknown'): Promise<Fate> {
  const lock = await lockOf(at, object);
  if (lock) return { state: 'locked', ...lock };
  return { state: code === 'AccessDenied' ? 'denied' : 'failed', code };
}
