import { changeRequest } from '../requests/changeRequest.ts';
import { requestLease } from '../requests/requestLease.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import type { Beat, Executor, RunningRequest } from './executor.ts';
import { personLease } from './personLease.ts';

/**
 * Carries a request out that is ready for it, or goes on where a run was interrupted. Two requests of one person run one
 * after the other. Throws REQUEST_CONFLICT where another worker is at it.
 */
export async function carryOutRight(world: World, request: StoredRequest, executor: Executor): Promise<StoredRequest> {
  const id = request._id;
  const lease = await requestLease(world, id);
  const person = await personLease(world, request).catch(async (error) => {
    await lease.release();
    throw error;
  });
  const beat: Beat = async (options) => {
    await lease.beat(options);
    await person.beat(options);
  };

  try {
    const running = (await changeRequest(world, id, { type: 'Start' }, world.clock.now())) as RunningRequest;

    const { missing, also } = await executor.run(world, running, beat);

    await beat({ now: true });
    const ended = () => ({ ...also, lease: undefined });
    return await changeRequest(world, id, { type: 'Fulfil', missing }, world.clock.now(), ended);
  } finally {
    await person.release();
  }
}
