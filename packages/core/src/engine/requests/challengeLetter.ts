import { isAddressSubject } from '../../kernel/request/addressSubject.ts';
import { dayOf, letterFrame } from '../outbox/letterFrame.ts';
import { HIDDEN_LINK } from '../outbox/withRealLink.ts';
import type { LetterModels } from '../ports/letterModels.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';

type ChallengeLetter = 'confirm-identity' | 'confirm-mandate' | 'confirm-address';

/** Which letter carries the one-time link: to the person, to the person for whom somebody acts, or to an address that nobody has. */
export function challengeLetterOf({ mandate, about }: Pick<StoredRequest, 'mandate' | 'about'>): ChallengeLetter {
  if (mandate) return 'confirm-mandate';
  return about && isAddressSubject(about.subject) ? 'confirm-address' : 'confirm-identity';
}

/** That letter, with what it is to be told; `together`: what the same link confirms. */
export function challengeLetter(
  world: World,
  request: StoredRequest,
  together: readonly StoredRequest[],
  ticket: Ticket,
  expiresAt: Date,
): { letter: ChallengeLetter; model: LetterModels['confirm-mandate'] } {
  return {
    letter: challengeLetterOf(request),
    model: {
      ...letterFrame(world, ticket),
      rights: [...new Set([request, ...together].map(({ right }) => right))].sort(),
      receivedOn: dayOf(world, request.receivedAt),
      link: HIDDEN_LINK,
      expiresOn: dayOf(world, expiresAt),
      // Their name is whatever they wrote: it could be anything that a stranger wants read.
      agent: request.requester.address,
    },
  };
}
