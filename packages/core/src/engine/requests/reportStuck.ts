import { isKeptError } from '../../kernel/keptError.ts';
import { raiseFinding } from '../findings/findings.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';

/** Tells staff of a request in trouble, which holds up no other. */
export async function reportStuck(world: World, request: StoredRequest, error: unknown): Promise<void> {
  const code = isKeptError(error) ? error.code : String((error as { name?: string }).name ?? 'Error');
  world.log({ level: 'error', event: 'request.stuck', request: request._id, code });
  await raiseFinding(
    world,
    {
      code: 'REQUEST_STUCK',
      about: request._id,
      severity: 'error',
      text: `A request cannot go on from "${request.status}" (${code}); it is tried again with each round.`,
      place: request._id,
    },
    world.clock.now(),
  );
}
