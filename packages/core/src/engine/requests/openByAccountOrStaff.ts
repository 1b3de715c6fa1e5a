import type { Asks } from '../../kernel/request/asks.ts';
import { fresh } from '../aggregate.ts';
import type { Requests } from '../keptRequests.ts';
import type { Message, StoredRequest } from '../stored.ts';
import { demandSubject } from '../subjects/demandSubject.ts';
import { SIGNED_IN_PERSON } from '../support/signedInPerson.ts';
import { openTicket } from '../tickets/openTicket.ts';
import { tickets } from '../tickets/tickets.ts';
import type { World } from '../world.ts';
import { changeRequest } from './changeRequest.ts';
import { demandAsks } from './demandAsks.ts';
import { codeOf } from './livesIn.ts';
import { openRequest } from './openRequest.ts';
import { registeredAddress } from './registeredAddress.ts';

type Input = Parameters<Requests['open']>[0];

/**
 * Opens a case outside mail. Who is signed in has confirmed who it is; asking again while the same request is open, such as
 * by a second click, answers the one that is there.
 */
export async function openByAccountOrStaff(world: World, input: Input): Promise<StoredRequest> {
  const { right, channel, subject, address, text, by } = input;
  if (subject !== undefined) demandSubject(subject);
  const residence = input.residence === undefined ? undefined : codeOf(input.residence);
  const asks = input.asks === undefined ? undefined : demandAsks(world, input.asks);
  const now = world.clock.now();
  const mark = await markOf(world, input, asks);
  // Who asks by their account has the conversation about it there, too.
  const inApp = channel === 'app' && subject !== undefined;
  const from = { address: address.trim().toLowerCase() };
  const ticket = await openTicket(
    world,
    {
      id: `ticket-${mark}`,
      kind: 'rights',
      channel: 'app',
      subjectLine: `${right} request`,
      from,
      language: 'en',
      receivedAt: now,
      ...(subject && { subject }),
      ...(inApp && { inApp }),
    },
    now,
  );
  if (inApp) {
    // Other words while the case is open belong to it too.
    const said = world.crypto.sha256(`${ticket._id}\n${text}`).slice(0, 24);
    await world.records.collection<Message>('messages').insert({
      ...fresh(world, `message-app-${said}`),
      ...{ ticket: ticket._id, at: now, from: SIGNED_IN_PERSON, text },
      direction: 'in',
      attachments: [],
    });
  } else await tickets(world).note(ticket._id, by ?? 'kept', text);

  const about = subject === undefined ? undefined : { subject, address: from.address };
  // Who wrote to staff need not be whose account it is: what is found out about that goes to its own address.
  if (about && !inApp) about.address = await registeredAddress(world, about);
  const request = await openRequest(
    world,
    {
      id: `request-${mark}-${right}`,
      right,
      channel,
      receivedAt: now,
      ticket: ticket._id,
      requester: from,
      ...(about && { about }),
      ...(residence && { residence }),
      ...(asks && { asks }),
      language: 'en',
    },
    now,
  );
  if (!inApp) return request;
  return changeRequest(world, request._id, { type: 'ConfirmIdentity', subject, how: 'account' }, now);
}

/** The same for every click that asks the same: it changes only once that one is closed. */
async function markOf(world: World, { right, channel, subject }: Input, asks: Asks | undefined): Promise<string> {
  if (channel !== 'app' || !subject) return world.crypto.newId();
  const closed = await world.records
    .collection<StoredRequest>('requests')
    .count({ service: world.service, subject, right, channel: 'app', closedAt: { exists: true } });
  return world.crypto
    .sha256(`${world.service}\n${subject}\n${right}\n${closed}${asks ? `\n${JSON.stringify(asks)}` : ''}`)
    .slice(0, 24);
}
