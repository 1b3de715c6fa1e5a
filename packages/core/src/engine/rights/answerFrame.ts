import { notFound } from '../aggregate.ts';
import { dayOf, letterFrame } from '../outbox/letterFrame.ts';
import type { LawFacts, LetterFrame } from '../ports/letterModels.ts';
import { lawForReader } from '../requests/lawForReader.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';

/** What every letter knows that answers a request. */
export async function answerFrame(
  world: World,
  request: StoredRequest,
): Promise<LetterFrame & { readonly receivedOn: string; readonly law: LawFacts }> {
  const ticket = await world.records.collection<Ticket>('tickets').get(request.ticket);
  if (!ticket) throw notFound('tickets', request.ticket);
  const law = await lawForReader(world, request);
  return { ...letterFrame(world, ticket), receivedOn: dayOf(world, request.receivedAt), law };
}
