import { OPEN_STATUSES } from '../../kernel/request/requestStatus.ts';
import { packageId, type StoredPackage } from '../packages/storedPackage.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';

/** A copy for which an erasure waits: the request for it, and whether it was made and lacks what could still be copied. */
export interface CopyBefore {
  readonly request: string;
  readonly lacks: boolean;
}

/**
 * "Send me everything, then delete it": the copy for which an erasure waits, undefined where it waits for none. A copy is over
 * once it was fetched or could no longer be; one that lacks what could still be copied is not, until staff say so.
 */
export async function copyBefore(world: World, erasure: StoredRequest, now: Date): Promise<CopyBefore | undefined> {
  if (!('subject' in erasure) || erasure.withoutCopy) return undefined;
  const copies = await world.records.collection<StoredRequest>('requests').find({
    service: world.service,
    subject: erasure.subject,
    right: { in: ['access', 'portability'] },
    test: { exists: false },
  });
  const underWay = copies.find((copy) => isUnderWay(copy, now));
  if (underWay) return { request: underWay._id, lacks: false };
  for (const copy of copies) {
    const isLast = endedInPartSince(copy, erasure) && !isMadeAnew(copy, copies);
    if (isLast && (await lacksWhatIsThere(world, copy))) return { request: copy._id, lacks: true };
  }
  return undefined;
}

function isUnderWay({ status, handedOver }: StoredRequest, now: Date): boolean {
  if (handedOver) return handedOver.at === undefined && handedOver.by > now;
  return status !== 'received' && OPEN_STATUSES.includes(status);
}

/** What was told as lacking before anybody asked for an erasure is settled. */
function endedInPartSince(copy: StoredRequest, { receivedAt }: StoredRequest): boolean {
  return copy.status === 'partly-fulfilled' && copy.closedAt >= receivedAt;
}

function isMadeAnew(copy: StoredRequest, copies: readonly StoredRequest[]): boolean {
  return copies.some(
    ({ status, right, receivedAt }) => status === 'fulfilled' && right === copy.right && receivedAt > copy.receivedAt,
  );
}

/** Of a file that is gone already, waiting saves nothing. */
async function lacksWhatIsThere(world: World, { _id }: StoredRequest): Promise<boolean> {
  const made = await world.records.collection<StoredPackage>('packages').get(packageId(_id));
  return !made || Object.keys(made.missing).some((why) => why !== 'FILE_NOT_FOUND');
}
