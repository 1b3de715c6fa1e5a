import { decideRequest } from '../../kernel/request/decideRequest.ts';
import type { RightDecision } from '../../kernel/request/rightDecision.ts';
import { notFound } from '../aggregate.ts';
import { changeRequest } from '../requests/changeRequest.ts';
import { demandOffice } from '../staff/demandOffice.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { executorOf } from './executors.ts';

/** A staff member weighs a request. What the right itself asks of a decision, its executor says before anything is stored. */
export async function decideRight(
  world: World,
  id: string,
  by: string,
  decision: RightDecision,
): Promise<StoredRequest> {
  const now = world.clock.now();
  const request = await world.records.collection<StoredRequest>('requests').get(String(id));
  if (request?.service !== world.service) throw notFound('requests', String(id).slice(0, 100));

  decideRequest({ type: 'Decide', by, decision }, request, now);
  await demandOffice(world, by, id);
  const weighed = (await executorOf(world, request)?.weigh?.(world, request, decision, by)) ?? decision;

  return changeRequest(world, id, { type: 'Decide', by, decision: weighed }, now);
}
