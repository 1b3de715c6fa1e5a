import { decideRequest } from '../../kernel/request/decideRequest.ts';
import { evolveRequest } from '../../kernel/request/evolveRequest.ts';
import type { RequestCommand, RequestEvent } from '../../kernel/request/requestEvent.ts';
import { event, update } from '../aggregate.ts';
import type { PendingEvent, StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';

/** Carries a command out on a stored request: decides, evolves, and writes change and evidence in one document. */
export async function changeRequest(
  world: World,
  id: string,
  command: RequestCommand | ((request: StoredRequest) => RequestCommand),
  now: Date,
  also: (request: StoredRequest) => Partial<Record<keyof StoredRequest, unknown>> = () => ({}),
): Promise<StoredRequest> {
  return update<StoredRequest>(world, 'requests', id, (request) => {
    const events = decideRequest(typeof command === 'function' ? command(request) : command, request, now);
    if (events.length === 0) return undefined;
    const evolved = events.reduce<StoredRequest>(evolveRequest, request);
    return {
      document: { ...evolved, ...also(request) } as StoredRequest,
      events: events.map((each) => evidenceOf(world, each)),
    };
  });
}

/** The event as evidence: dates as text, so that the canonical form is the same everywhere. */
export function evidenceOf(world: World, happened: RequestEvent): PendingEvent {
  const { type, at, ...details } = happened;
  return event(world, type, at, JSON.parse(JSON.stringify(details)));
}
