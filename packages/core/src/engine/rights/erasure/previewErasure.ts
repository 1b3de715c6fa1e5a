import type { PlanLine } from '../../../kernel/decision.ts';
import { endInWords } from '../../../kernel/erasure/endInWords.ts';
import { canonical } from '../../../kernel/evidence/canonical.ts';
import { KeptError } from '../../../kernel/keptError.ts';
import type { Preview } from '../../../kernel/request/rightsRequest.ts';
import { surveyOwnRecords } from '../../removal/ownRecords.ts';
import { planRemoval } from '../../removal/planRemoval.ts';
import { standingHolds } from '../../requests/activeHolds.ts';
import { changeRequest } from '../../requests/changeRequest.ts';
import type { StoredRequest } from '../../stored.ts';
import type { World } from '../../world.ts';

/** Counts what an erasure would do now and binds later approvals to exactly that. */
export async function previewErasure(world: World, request: StoredRequest, by: string): Promise<StoredRequest> {
  const now = world.clock.now();
  if (!('subject' in request)) {
    throw new KeptError('REQUEST_CONFLICT', 'Nobody has confirmed this request yet', {
      place: `request ${request._id}`,
      remedy: 'Wait for the confirmation, or send a new link.',
    });
  }
  const { subject } = request;
  const holds = await standingHolds(world, now, subject);
  const plan = [
    ...(await planRemoval(world, subject, holds, now)),
    ...(await surveyOwnRecords(world, subject, request, holds, now)),
  ];
  const lines = plan.map(withEnd);
  const hash = world.crypto.sha256(canonical(JSON.parse(JSON.stringify(lines))));

  return changeRequest(world, request._id, { type: 'Preview', preview: { at: now, hash, lines }, by }, now);
}

/** What stays says when it goes, by a date or in words. */
function withEnd(line: PlanLine): PlanLine {
  const ends = endInWords(line);
  return ends === undefined ? line : { ...line, ends };
}

/** Whether the approved plan would still be the plan: a hold was placed or lifted since, or a floor has ended. */
export async function isPlanOutdated(
  world: World,
  { subject, preview: { lines } }: { subject: string; preview: Preview },
): Promise<boolean> {
  const now = world.clock.now();
  const holds = await standingHolds(world, now, subject);
  const plan = await planRemoval(world, subject, holds, now);
  const actions = new Map(lines.map((line) => [line.collection, line.action]));
  return plan.some((line) => line.count > 0 && actions.get(line.collection) !== line.action);
}
