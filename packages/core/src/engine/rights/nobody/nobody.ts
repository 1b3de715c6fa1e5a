import { notFound } from '../../aggregate.ts';
import { dayOf, letterFrame } from '../../outbox/letterFrame.ts';
import { lawForReader } from '../../requests/lawForReader.ts';
import type { Ticket } from '../../stored.ts';
import type { World } from '../../world.ts';
import type { Answer, EndedRequest, Executor } from '../executor.ts';
import { nothingClaimed } from './nothingClaimed.ts';

/**
 * Nothing is held of whoever asks: that is the answer, given once the address is proven to be theirs, with what would help to
 * find them otherwise (Articles 11(2) and 12(2) GDPR).
 */
export const nobody: Executor = {
  run: async () => ({ missing: [] }),
  async claims({ data }, { about }) {
    return nothingClaimed(about !== undefined && (await data.subjectsAt(about.address)).length > 0);
  },
  answer: (world, request) => nothingFound(world, request, false),
};

/** @param elsewhere there is something of the person, which the right does not cover */
export async function nothingFound(world: World, request: EndedRequest, elsewhere: boolean): Promise<Answer> {
  const ticket = await world.records.collection<Ticket>('tickets').get(request.ticket);
  if (!ticket) throw notFound('tickets', request.ticket);
  return {
    letter: 'rights-nothing-found',
    model: {
      ...letterFrame(world, ticket),
      right: request.right,
      receivedOn: dayOf(world, request.receivedAt),
      elsewhere,
      law: await lawForReader(world, request),
    },
  };
}
