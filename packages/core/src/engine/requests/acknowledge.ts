import { dayOf, letterFrame } from '../outbox/letterFrame.ts';
import { hadEnoughLetters } from '../outbox/lettersLately.ts';
import { queueLetter } from '../outbox/queueLetter.ts';
import type { LetterName } from '../ports/letterModels.ts';
import type { OutboxLetter, StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';
import { challengeLetter, challengeLetterOf } from './challengeLetter.ts';
import { changeRequest } from './changeRequest.ts';
import { LINK_DAYS } from './confirmation.ts';
import { confirmedTogether } from './confirmedTogether.ts';
import { isReaderThePerson } from './isReaderThePerson.ts';
import { dueOnIfUnknown } from './openRequest.ts';
import { registeredAddress } from './registeredAddress.ts';

const DAY_MS = 86_400_000;

/**
 * Tells the requester that the request is here and until when it is answered: one letter for all rights of one message.
 * Undefined where the address had its share of letters today: the case goes on, the letter waits.
 */
export async function acknowledge(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
  now: Date,
): Promise<StoredRequest | undefined> {
  const occasion = `rights-received:${request.ticket}:${request.receivedAt.toISOString()}`;
  const letter = request.mandate ? 'agent-received' : 'rights-received';
  if (await mustWait(world, occasion, request.requester.address, letter, now)) return undefined;
  const together = await sameMessage(world, request);
  await queueLetter(
    world,
    {
      occasion,
      to: request.requester.address,
      letter,
      language: request.language,
      model: {
        ...letterFrame(world, ticket),
        rights: [...new Set(together.map((each) => each.right))].sort(),
        receivedOn: dayOf(world, request.receivedAt),
        answerBy: await answerByFor(world, together, request),
        signedIn: request.channel === 'app',
      },
      automatic: true,
      ticket: ticket._id,
      request: request._id,
    },
    now,
  );
  return changeRequest(world, request._id, { type: 'Acknowledge' }, now);
}

/**
 * The first link, one for all of one message, unless the address had its share of letters today: then it waits, and the
 * case with it.
 */
export async function firstChallenge(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
  now: Date,
): Promise<StoredRequest | undefined> {
  const to = request.about?.address;
  const [first] = await confirmedTogether(world, request);
  if (first && first._id !== request._id) return undefined;
  if (!to || (await mustWait(world, `confirm-identity:${request._id}:1`, to, challengeLetterOf(request), now)))
    return undefined;
  return challenge(world, request, ticket, now);
}

/** Sends the one-time link to the registered address and nowhere else. The letter is queued first, under the next number. */
export async function challenge(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
  now: Date,
  by?: string,
): Promise<StoredRequest> {
  if (!request.about) return request;
  const { subject } = request.about;
  const address = await registeredAddress(world, request.about);
  const number = (request.challenge?.number ?? 0) + 1;
  const expiresAt = new Date(now.getTime() + LINK_DAYS * DAY_MS);
  await queueLetter(
    world,
    {
      occasion: `confirm-identity:${request._id}:${number}`,
      to: address,
      ...challengeLetter(world, request, await confirmedTogether(world, request), ticket, expiresAt),
      language: request.language,
      confirms: { request: request._id, challenge: number },
      automatic: true,
      ticket: ticket._id,
      request: request._id,
    },
    now,
  );
  return changeRequest(world, request._id, { type: 'Challenge', expiresAt, ...(by && { by }) }, now, () => ({
    about: { subject, address },
  }));
}

/** A letter that is queued already is no further one. */
async function mustWait(world: World, occasion: string, to: string, letter: LetterName, now: Date): Promise<boolean> {
  const outbox = world.records.collection<OutboxLetter>('outbox');
  if ((await outbox.count({ service: world.service, occasion })) > 0) return false;
  return hadEnoughLetters(world, to, letter, now);
}

/** The earliest of what may be said of each: nobody else is to learn under which law a person lives. */
async function answerByFor(world: World, together: readonly StoredRequest[], request: StoredRequest): Promise<string> {
  const days = together.map(async (each) =>
    (await isReaderThePerson(world, each)) ? each.dueOn : dueOnIfUnknown(world, each),
  );
  return (await Promise.all(days)).sort()[0] ?? request.dueOn;
}

async function sameMessage(world: World, request: StoredRequest): Promise<StoredRequest[]> {
  return world.records
    .collection<StoredRequest>('requests')
    .find({ ticket: request.ticket, receivedAt: { in: [request.receivedAt] } });
}
