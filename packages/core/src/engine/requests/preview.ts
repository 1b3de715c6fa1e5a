import { planErasure } from '../../kernel/erasure/planErasure.ts';
import { canonical } from '../../kernel/evidence/canonical.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { surveyOwnRecords } from '../removal/ownRecords.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { activeHolds } from './activeHolds.ts';
import { changeRequest } from './changeRequest.ts';

/** Counts what an erasure would do now and binds later approvals to exactly that. */
export async function preview(world: World, request: StoredRequest, by: string): Promise<StoredRequest> {
  const now = world.clock.now();
  if (!('subject' in request)) {
    throw new KeptError('REQUEST_CONFLICT', 'Nobody has confirmed this request yet', {
      place: `request ${request._id}`,
      remedy: 'Wait for the confirmation, or send a new link.',
    });
  }
  const { subject } = request;
  const [found, own, holds] = await Promise.all([
    world.data.survey(subject),
    surveyOwnRecords(world, subject, request),
    activeHolds(world, now, subject),
  ]);

  const lines = [...planErasure(world.policy, found, holds, now, subject), ...own];
  const hash = world.crypto.sha256(canonical(JSON.parse(JSON.stringify(lines))));

  return changeRequest(world, request._id, { type: 'Preview', preview: { at: now, hash, lines }, by }, now);
}
