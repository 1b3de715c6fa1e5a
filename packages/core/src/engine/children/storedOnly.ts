import { runOf } from '../../kernel/request/runOf.ts';
import { event, fresh, update } from '../aggregate.ts';
import type { StoredHold, StoredRequest } from '../stored.ts';
import { changing } from '../subjects/stamps.ts';
import type { World } from '../world.ts';

/**
 * From the moment on in which a staff member holds a report to be credible, the account is stored and used for nothing but
 * law and safety, until the report is decided (as Article 18 GDPR has it while something is verified). Not before: anybody
 * can write a report, and could stop anybody's account with it.
 */
export async function storeOnly(world: World, request: StoredRequest, by: string, now: Date): Promise<void> {
  if (request.report !== 'child' || !('subject' in request)) return;
  const { subject, _id } = request;
  const id = holdId(request);
  const ground = 'a report that it is a child’s account is being decided';
  const placed = event(world, 'HoldPlaced', now, { by, kind: 'restriction', ground, request: _id });
  await changing(world, subject, () =>
    world.records.collection<StoredHold>('holds').insert({
      ...fresh(world, id, [placed]),
      kind: 'restriction',
      subject,
      ground,
      report: _id,
      from: now,
    }),
  );
}

/** Once the report is decided, however it was. */
export async function useAgain(world: World, request: StoredRequest, now: Date): Promise<void> {
  const id = holdId(request);
  if (!('subject' in request) || !(await world.records.collection<StoredHold>('holds').get(id))) return;
  await changing(world, request.subject, () =>
    update<StoredHold>(world, 'holds', id, (hold) =>
      hold.until
        ? undefined
        : { document: { ...hold, until: now }, events: [event(world, 'HoldLifted', now, { by: 'kept' })] },
    ),
  );
}

/** One for each round of the request: an erasure that a hold had stopped is decided on anew. */
function holdId(request: StoredRequest): string {
  return `hold-${runOf(request)}`;
}
