import { KeptError } from '../../../kernel/keptError.ts';
import { event, update } from '../../aggregate.ts';
import { demandText } from '../../demandText.ts';
import { resolveFinding } from '../../findings/findings.ts';
import { leftInWords, leftOf } from '../../removal/leftOf.ts';
import type { StoredRequest } from '../../stored.ts';
import type { World } from '../../world.ts';
import { heldLines } from './completeErasure.ts';

/**
 * Looks again where the second look of an erasure had found something, such as a mention in what somebody else wrote, and
 * staff ended it there by hand. Where nothing is left the erasure is complete with the next step: the person is told so, with
 * a new receipt. Throws REQUEST_CONFLICT where it says nothing of that kind, or the person is still named, and where.
 */
export async function lookAgain(world: World, request: StoredRequest, by: string): Promise<StoredRequest> {
  const { _id } = request;
  const staff = demandText(by, 'by', 200);
  const { captured, carriedOut = [] } = demandLeft(request);
  const look = await world.data.residue(captured);
  const left = leftOf(look, carriedOut);
  if (left.length > 0) {
    throw conflict(_id, `Something is still there: ${leftInWords(left).join('; ')}`, 'End it there, then look again.');
  }

  const now = world.clock.now();
  const { looked, notLooked } = look;
  // What the run had left, and somebody else has ended since, is no work of the run.
  const lines = carriedOut.map((line) => (line.action === 'keep' ? line : { ...line, count: line.done }));
  return update<StoredRequest>(world, 'requests', _id, ({ captured: _, ...each }) =>
    each.residue?.found
      ? {
          document: {
            ...each,
            carriedOut: lines,
            residue: { ...each.residue, lookedAt: now, found: 0, looked, notLooked },
          },
          events: [event(world, 'ErasureLookedAgain', now, { by: staff, found: 0 })],
        }
      : undefined,
  );
}

/**
 * Leaves what is still there, for a reason that holds, such as that it is what somebody else has to say: the case stays as the
 * person was told it ended, and by what they were known is forgotten. Throws REQUEST_CONFLICT where nothing of that kind is left.
 */
export async function leaveAsItIs(
  world: World,
  request: StoredRequest,
  by: string,
  reason: string,
): Promise<StoredRequest> {
  const why = { by: demandText(by, 'by', 200), reason: demandText(reason, 'reason', 2_000) };
  const { _id } = demandLeft(request);
  const now = world.clock.now();
  const left = await update<StoredRequest>(world, 'requests', _id, ({ captured, ...each }) =>
    captured ? { document: each as StoredRequest, events: [event(world, 'ErasureLeftAsItIs', now, why)] } : undefined,
  );
  await resolveFinding(world, 'ERASURE_INCOMPLETE', _id, now);
  return left;
}

/** Whether an erasure waits for staff to end by hand what its second look had found, or to leave that as it is. */
export function isLeftToStaff(request: StoredRequest): request is LeftToStaff {
  const { status, answerSentAt, residue, captured } = request;
  const isToldInPart = status === 'partly-fulfilled' && answerSentAt !== undefined;
  return isToldInPart && captured !== undefined && (residue?.found ?? 0) > 0 && heldLines(request).length === 0;
}

type LeftToStaff = StoredRequest & Required<Pick<StoredRequest, 'captured'>>;

function demandLeft(request: StoredRequest): LeftToStaff {
  if (isLeftToStaff(request)) return request;
  const remedy = 'What a hold or a store keeps goes on by itself once it is free.';
  throw conflict(request._id, 'Nothing here waits for another look', remedy);
}

function conflict(id: string, message: string, remedy: string): KeptError {
  return new KeptError('REQUEST_CONFLICT', message, { place: `request ${id}`, remedy });
}
