import { decideRequest } from '../../kernel/request/decideRequest.ts';
import type { RightDecision } from '../../kernel/request/rightDecision.ts';
import { notFound } from '../aggregate.ts';
import { changeRequest } from '../requests/changeRequest.ts';
import { demandSettler } from '../requests/demandSettler.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { executorOf } from './executors.ts';

/** A staff member weighs a request, and what they decided is carried out. */
export async function decideRight(
  world: World,
  id: string,
  by: string,
  decision: RightDecision,
): Promise<StoredRequest> {
  const now = world.clock.now();
  const weighed = await weighRight(world, id, by, decision, now);
  return changeRequest(world, id, { type: 'Decide', by, decision: weighed }, now);
}

/**
 * What a decision would come to, before it is taken. What the right itself asks of a decision, its executor says: nothing is
 * stored here.
 */
export async function weighRight(
  world: World,
  id: string,
  by: string,
  decision: RightDecision,
  now: Date = world.clock.now(),
): Promise<RightDecision> {
  const request = await world.records.collection<StoredRequest>('requests').get(String(id));
  if (request?.service !== world.service) throw notFound('requests', String(id).slice(0, 100));

  decideRequest({ type: 'Decide', by, decision }, request, now);
  await demandSettler(world, 'decide', request, by);
  return (await executorOf(world, request)?.weigh?.(world, request, decision, by)) ?? decision;
}
