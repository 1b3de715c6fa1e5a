import { isKeptError } from '../../kernel/keptError.ts';
import { openFindings, raiseFinding, resolveFinding } from '../findings/findings.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';

const CODE = 'REQUEST_STUCK';

/** Tells staff of a request in trouble, which holds up no other. */
export async function reportStuck(world: World, request: StoredRequest, error: unknown): Promise<void> {
  const code = isKeptError(error) ? error.code : String((error as { name?: string }).name ?? 'Error');
  world.log({ level: 'error', event: 'request.stuck', request: request._id, code });
  await raiseFinding(
    world,
    {
      code: CODE,
      about: request._id,
      severity: 'error',
      text: `A request cannot go on from "${request.status}" (${code}); it is tried again with each round.`,
      place: request._id,
    },
    world.clock.now(),
  );
}

/** The ids of the requests of which staff were told. */
export async function stuckRequests(world: World): Promise<ReadonlySet<string>> {
  return new Set((await openFindings(world, [CODE])).map(({ place }) => place));
}

/** It went on: there is nothing left to look at. */
export async function noLongerStuck(world: World, { _id }: StoredRequest): Promise<void> {
  await resolveFinding(world, CODE, _id, world.clock.now());
}
