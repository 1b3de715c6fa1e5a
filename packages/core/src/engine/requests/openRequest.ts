import type { Right } from '../../kernel/decision.ts';
import type { Asks } from '../../kernel/request/asks.ts';
import type { RequestEvent } from '../../kernel/request/requestEvent.ts';
import { event, fresh, update } from '../aggregate.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';
import { evidenceOf } from './changeRequest.ts';
import { isReaderThePerson } from './isReaderThePerson.ts';
import { lawOf, residenceOf } from './lawOf.ts';
import { earlierDay, requestDueOn } from './requestClock.ts';

export interface NewRequest {
  readonly id: string;
  readonly right: Right;
  readonly channel: StoredRequest['channel'];
  readonly receivedAt: Date;
  readonly ticket: string;
  readonly requester: StoredRequest['requester'];
  readonly about?: NonNullable<StoredRequest['about']>;
  /** ISO 3166 code of where the person said that they live, for hosts that do not keep it. */
  readonly residence?: string;
  readonly language: string;
  readonly report?: NonNullable<StoredRequest['report']>;
  readonly automatic?: boolean;
  readonly test?: boolean;
  readonly mandate?: NonNullable<StoredRequest['mandate']>;
  readonly asks?: Asks;
  /** The request that is taken up anew by this one. */
  readonly reopens?: string;
}

/**
 * Opens a rights request under a given id, on its ticket; one that is there already stays as it is. The clock starts at
 * receipt, under the law of the place where the person lives whom it is about.
 */
export async function openRequest(world: World, input: NewRequest, now: Date): Promise<StoredRequest> {
  const { id, right, channel, receivedAt, ...rest } = input;
  const residence = (input.about && (await residenceOf(world, input.about.subject))) ?? input.residence;
  const regime = (await lawOf(world, residence)).regime.id;
  const law = { regime, ...(residence && { residence }) };
  const received: RequestEvent = { type: 'RightsRequestReceived', at: now, right, ...law, channel, receivedAt };
  const request: StoredRequest = {
    ...fresh(world, id, [evidenceOf(world, received)]),
    ...rest,
    status: 'received',
    right,
    ...law,
    channel,
    receivedAt,
    dueOn: await firstDueOn(world, { ...input, regime }),
    reminded: [],
  };
  await world.records.collection<StoredRequest>('requests').insert(request);

  await update<Ticket>(world, 'tickets', input.ticket, (ticket) => {
    if (ticket.requests.includes(id)) return undefined;
    const requests = [...ticket.requests, id];
    const dueOn = ticket.requests.length === 0 || request.dueOn < ticket.dueOn ? request.dueOn : ticket.dueOn;
    return {
      document: { ...ticket, kind: 'rights', requests, dueOn },
      events: [event(world, 'RequestOpenedOnTicket', now, { request: id })],
    };
  });
  return request;
}

/** Who may not be told the person's own date is told that of somebody unknown; the case keeps both. */
async function firstDueOn(world: World, request: NewRequest & { readonly regime: string }): Promise<string> {
  const own = await requestDueOn(world, request);
  if (await isReaderThePerson(world, request)) return own;
  return earlierDay(own, await dueOnIfUnknown(world, request));
}

/** The date as it would be if nobody knew whose data it is about. */
export async function dueOnIfUnknown(world: World, request: Pick<NewRequest, 'right' | 'receivedAt'>): Promise<string> {
  const { regime } = await lawOf(world, undefined);
  return requestDueOn(world, { right: request.right, receivedAt: request.receivedAt, regime: regime.id });
}
