import { systemClock } from '../../clock/systemClock.ts';
import type { Found } from './findObjects.ts';
import type { S3Bucket } from './s3Bucket.ts';
import { s3Failure } from './s3Failure.ts';

/** What locks a version: a legal hold, which has no end, or a retention that is not over. Undefined where nothing is known to. */
export async function lockOf({ aws, client, bucket }: S3Bucket, found: Found): Promise<{ until?: Date } | undefined> {
  const object = { Bucket: bucket, ...found };
  const [hold, retention] = await Promise.all([
    client.send(new aws.GetObjectLegalHoldCommand(object)).catch(without),
    client.send(new aws.GetObjectRetentionCommand(object)).catch(without),
  ]);
  if (hold?.LegalHold?.Status === 'ON') return {};
  const until = retention?.Retention?.RetainUntilDate;
  return until && until > systemClock.now() ? { until } : undefined;
}

/** The object has no such lock, the bucket knows none, or we may not ask. */
function without(error: unknown): undefined {
  s3Failure(error);
  return undefined;
}
