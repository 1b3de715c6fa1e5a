import { Temporal } from '../../../kernel/clock/temporal.ts';
import type { StoredRequest } from '../../stored.ts';
import type { World } from '../../world.ts';

/** Until when an approved erasure can be stopped by its person or by staff; undefined where the policy leaves no time for it. */
export function mayBeStoppedUntil({ policy }: Pick<World, 'policy'>, request: StoredRequest): Date | undefined {
  const delay = policy.rights.find(({ right }) => right === request.right)?.delay;
  if (!delay || request.status !== 'approved') return undefined;
  const approved = Temporal.Instant.fromEpochMilliseconds(request.approval.at.getTime());
  const until = approved.toZonedDateTimeISO(policy.controller.zone).add(delay.period);
  return new Date(until.epochMilliseconds);
}

export async function mayBeStopped(world: World, request: StoredRequest, now: Date): Promise<boolean> {
  const until = mayBeStoppedUntil(world, request);
  return until !== undefined && now < until;
}
