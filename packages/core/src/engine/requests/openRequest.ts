import type { Right } from '../../kernel/decision.ts';
import type { RequestEvent } from '../../kernel/request/requestEvent.ts';
import { event, fresh, update } from '../aggregate.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';
import { evidenceOf } from './changeRequest.ts';
import { requestDueOn } from './requestClock.ts';

export interface NewRequest {
  readonly id: string;
  readonly right: Right;
  readonly channel: StoredRequest['channel'];
  readonly receivedAt: Date;
  readonly ticket: string;
  readonly requester: StoredRequest['requester'];
  readonly about?: NonNullable<StoredRequest['about']>;
  readonly language: string;
  readonly automatic?: boolean;
}

/** Opens a rights request under a given id, on its ticket; one that is there already stays as it is. The clock starts at receipt. */
export async function openRequest(world: World, input: NewRequest, now: Date): Promise<StoredRequest> {
  const { id, right, channel, receivedAt, ...rest } = input;
  const regime = world.regime.id;
  const received: RequestEvent = { type: 'RightsRequestReceived', at: now, right, regime, channel, receivedAt };
  const request: StoredRequest = {
    ...fresh(world, id, [evidenceOf(world, received)]),
    ...rest,
    status: 'received',
    right,
    regime,
    channel,
    receivedAt,
    dueOn: requestDueOn(world, { right, receivedAt }),
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
