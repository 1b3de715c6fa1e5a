import { dayOf } from '../engine/outbox/letterFrame.ts';
import type { StoredRequest } from '../engine/stored.ts';
import type { World } from '../engine/world.ts';
import type { Identified, RequestStatus } from '../kernel/request/rightsRequest.ts';

/** What happened, and on which day (YYYY-MM-DD, in the controller's zone). */
export interface RequestStep {
  readonly on: string;
  readonly what: string;
}

/** Where a request stands, for its person. Total by type: a new status needs words. */
const states: Readonly<Record<RequestStatus, string>> = {
  received: 'It waits for you: confirm it by the link in our letter.',
  verified: 'We work on it.',
  previewed: 'Two colleagues check what exactly is to be done.',
  proposed: 'One colleague has checked what is to be done; a second one looks at it.',
  approved: 'It is checked, and will be carried out next.',
  decided: 'It is decided, and will be carried out next.',
  running: 'It is being carried out.',
  fulfilled: 'It is done.',
  'partly-fulfilled': 'It is done in part.',
  answered: 'It is answered.',
  refused: 'It is refused.',
  linked: 'You had asked for the same already: your earlier request goes on.',
  withdrawn: 'It is taken back.',
};

const confirmed: Readonly<Record<Identified, string>> = {
  account: 'Your sign-in showed that it comes from you',
  link: 'You confirmed that it comes from you',
  staff: 'A colleague made sure that it comes from you',
  mandate: 'A document showed that somebody may ask for you',
  report: 'Somebody told us',
  writer: 'It came from you',
  address: 'It came from your registered address',
};

export function stateInWords({ status }: Pick<StoredRequest, 'status'>): string {
  return states[status];
}

/** What happened so far, in its order. Who of the staff did it is nobody's business. */
export function stepsInWords(world: World, request: StoredRequest): RequestStep[] {
  const { acknowledgedAt, extension, handedOver, receivedAt, answerSentAt } = request;
  const known: readonly (readonly [Date | undefined, string])[] = [
    [receivedAt, 'You asked us'],
    [acknowledgedAt, 'We wrote to you that it is here'],
    'identity' in request ? [request.identity.at, confirmed[request.identity.how]] : none,
    'preview' in request ? [request.preview?.at, 'We looked at what there is of you'] : none,
    'approval' in request ? [request.approval?.at, 'Two colleagues signed for it'] : none,
    'decision' in request ? [request.decision?.at, 'A colleague decided'] : none,
    'startedAt' in request ? [request.startedAt, 'We began to carry it out'] : none,
    [handedOver?.at, 'You fetched your data'],
    'closedAt' in request ? [request.closedAt, states[request.status].replace(/\.$/, '')] : none,
    [answerSentAt, 'Our answer was written'],
  ];
  const steps = known.flatMap(([at, what]) => (at ? [{ on: dayOf(world, at), what }] : []));
  const longer = extension ? [{ on: extension.on, what: `We told you that we need longer: ${extension.reason}` }] : [];
  return [...steps, ...longer].sort((a, b) => a.on.localeCompare(b.on));
}

const none = [undefined, ''] as const;
