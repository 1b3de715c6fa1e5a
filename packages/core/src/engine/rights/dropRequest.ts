import type { RequestCommand } from '../../kernel/request/requestEvent.ts';
import { changeRequest } from '../requests/changeRequest.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { executorOf } from './executors.ts';

/** Ends a request that is not carried out; what its right had stopped or noted for it is let go in the same write. */
export function dropRequest(
  world: World,
  id: string,
  command: Extract<RequestCommand, { type: 'Refuse' | 'Withdraw' }>,
  now: Date,
): Promise<StoredRequest> {
  return changeRequest(
    world,
    id,
    command,
    now,
    (request) => executorOf(world, request)?.dropped?.(world, request, command.type) ?? {},
  );
}
