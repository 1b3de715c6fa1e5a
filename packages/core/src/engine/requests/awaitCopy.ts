import { type CopyStage, whileCopyWaits } from '../../kernel/request/whileCopyWaits.ts';
import { findingId, raiseFinding } from '../findings/findings.ts';
import type { Finding, StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';
import type { CopyBefore } from './copyBefore.ts';
import { extendRequest } from './extendRequest.ts';
import { requestClock, today } from './requestClock.ts';

/** Code of what staff are told where an erasure waits for a copy too long. */
export const COPY_FIRST = 'ERASURE_WAITS_FOR_COPY';

const REASON = [
  'You asked us for two things, and for a copy of your data first. You do not have that copy yet.',
  'If we deleted your data now, you would never get it. We delete it once you have the copy.',
].join(' ');

/** Extends an erasure that waits for the copy that goes first, or tells staff. Answers the extended request, or undefined. */
export async function awaitCopy(
  world: World,
  erasure: StoredRequest,
  { lacks }: CopyBefore,
  ticket: Ticket,
  now: Date,
): Promise<StoredRequest | undefined> {
  const waiting = whileCopyWaits({
    day: today(world, now),
    dueOn: erasure.dueOn,
    clock: await requestClock(world, erasure),
    ...(erasure.extension && { extendedBy: erasure.extension.by }),
    isReport: erasure.report !== undefined,
    lacks,
  });
  if (waiting.what === 'extend') {
    const { until } = waiting;
    return extendRequest(world, erasure, ticket, { by: 'kept', reason: REASON, ...(until && { until }) });
  }
  if (waiting.what === 'tell-staff') await tellStaff(world, erasure, waiting.stage, now);
  return undefined;
}

const TEXTS = {
  lacking: 'The copy that the person asked for first lacks data that could still be copied.',
  late: 'The copy that the person asked for first was not made or not fetched when the erasure was nearly due.',
  over: 'The last day on which the law lets an erasure wait for the copy that its person asked for first has come.',
} as const satisfies Record<CopyStage, string>;

/** Once for each stage: what stands there already is not said with every round. */
async function tellStaff(world: World, { _id }: StoredRequest, stage: CopyStage, now: Date): Promise<void> {
  const remedy =
    'Nothing is erased before they have it: see what holds the copy up, or refuse it on a ground; or tell the person, and a privacy lead lets the erasure go without it.';
  const text = `${TEXTS[stage]} ${remedy}`;
  const known = await world.records.collection<Finding>('findings').get(findingId(world, COPY_FIRST, _id));
  if (known?.text === text && !known.resolvedAt) return;
  const severity = stage === 'over' ? 'error' : 'warning';
  await raiseFinding(world, { code: COPY_FIRST, about: _id, severity, text, place: _id }, now);
}
