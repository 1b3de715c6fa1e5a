import { runsOf } from '../../../kernel/request/runOf.ts';
import { resolveFinding } from '../../findings/findings.ts';
import { filesLeftInWords } from '../../removal/filesLeft.ts';
import { changeRequest } from '../../requests/changeRequest.ts';
import type { CarriedLine, StoredRequest } from '../../stored.ts';
import type { World } from '../../world.ts';

/**
 * Whether files that their store did not let go are all that an erasure lacks, if it lacks anything still: nothing is held,
 * nothing was found again, or not any more.
 */
export function lacksFilesOnly(request: StoredRequest): boolean {
  return request.residue?.found === 0 && heldLines(request).length === 0;
}

/** What a hold had stopped. */
export function heldLines({ carriedOut = [] }: StoredRequest): CarriedLine[] {
  return carriedOut.filter((line) => line.count > 0 && line.rule?.startsWith('holds.'));
}

/**
 * Ends an erasure in full once the last files that a store had locked or kept are gone: the sweep tries them again when their
 * time has come. Nothing is approved anew, since nothing else goes. Undefined while some are left.
 */
export async function completeErasure(world: World, request: StoredRequest): Promise<StoredRequest | undefined> {
  if ((await filesLeftInWords(world, runsOf(request))).length > 0) return undefined;

  const now = world.clock.now();
  const carriedOut = (request.carriedOut ?? []).map(
    ({ filesLeft = 0, ...line }): CarriedLine => ({ ...line, files: line.files + filesLeft }),
  );
  await resolveFinding(world, 'ERASURE_INCOMPLETE', request._id, now);
  return changeRequest(world, request._id, { type: 'Complete' }, now, () => ({ carriedOut }));
}
