import type { Kept } from '../engine/kept.ts';
import { dayOf } from '../engine/outbox/letterFrame.ts';
import { isReaderThePerson } from '../engine/requests/isReaderThePerson.ts';
import type { StoredHold, StoredRequest } from '../engine/stored.ts';
import type { World } from '../engine/world.ts';
import type { Right } from '../kernel/classify/right.ts';
import { KeptError } from '../kernel/keptError.ts';
import { isClosed } from '../kernel/request/requestStatus.ts';
import type { RequestStatus } from '../kernel/request/rightsRequest.ts';
import { decisionInWords } from './decisionInWords.ts';
import { type RequestStep, stateInWords, stepsInWords } from './requestInWords.ts';

const MOST_SHOWN = 100;
const MOST_ID = 200;

/** A request in short. `dueOn`: the last day for our answer, YYYY-MM-DD. */
export interface OwnRequest {
  readonly id: string;
  readonly right: Right;
  readonly status: RequestStatus;
  /** The same in words. */
  readonly state: string;
  readonly channel: StoredRequest['channel'];
  readonly receivedAt: Date;
  readonly dueOn: string;
}

/** All that its person may know of a request. Days are YYYY-MM-DD in the controller's zone. */
export interface OwnRequestInFull extends OwnRequest {
  /** Short name for people and letters, such as K-7F3A2C. */
  readonly number: string | null;
  readonly steps: readonly RequestStep[];
  /** What could not be done and why, a sentence each. */
  readonly missing: readonly string[];
  readonly refusal: { readonly reason: string; readonly article: string; readonly until: string | null } | null;
  /** What was decided on a complaint, an appeal or an objection, a sentence each. */
  readonly decided: readonly string[];
  /** The request that goes on in its place. */
  readonly goesOnAs: string | null;
  /** Whether it can still be taken back; `takeBackUntil`: at the latest then, where that is known. */
  readonly mayTakeBack: boolean;
  readonly takeBackUntil: Date | null;
  readonly hasReceipt: boolean;
  /** The restriction that was asked for, once it ended: that has a receipt of its own. */
  readonly ended: { readonly restriction: string; readonly on: string } | null;
  readonly package: { readonly id: string; readonly until: string } | null;
  /** Where it is talked about, where that is in the app. */
  readonly conversation: string | null;
}

/** A person's own requests, the newest first, over whichever road they came. */
export async function ownRequests(world: World, subject: string): Promise<StoredRequest[]> {
  const records = world.records.collection<StoredRequest>('requests');
  // What somebody else reports, and what staff try out, is no request of theirs.
  const { service } = world;
  const own = { service, report: { exists: false }, test: { exists: false } } as const;
  const newest = { sort: { receivedAt: -1 }, limit: MOST_SHOWN } as const;
  const [confirmed, waiting] = await Promise.all([
    records.find({ ...own, subject }, newest),
    records.find({ ...own, status: 'received', 'about.subject': subject }, newest),
  ]);
  const written = await Promise.all(
    waiting.map(async (each) => ((await isReaderThePerson(world, each)) ? [each] : [])),
  );
  const all = [...confirmed, ...written.flat()].sort((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime());
  return all.slice(0, MOST_SHOWN);
}

/** Throws REQUEST_NOT_FOUND, the same for what never was and for what is somebody else's. */
export async function ownRequest(world: World, subject: string, id: unknown): Promise<StoredRequest> {
  if (typeof id === 'string' && id.length <= MOST_ID) {
    const request = await world.records.collection<StoredRequest>('requests').get(id);
    const isOwn = request && request.service === world.service && !request.report && !request.test;
    if (isOwn && 'subject' in request && request.subject === subject) return request;
    if (isOwn && request.about?.subject === subject && (await isReaderThePerson(world, request))) return request;
  }
  throw new KeptError('REQUEST_NOT_FOUND', 'There is no such request of yours', {
    place: 'privacy page',
    remedy: 'Open it from the list of your requests.',
  });
}

export function inShort(request: StoredRequest): OwnRequest {
  const { _id, right, status, channel, receivedAt, dueOn } = request;
  return { id: _id, right, status, state: stateInWords(request), channel, receivedAt, dueOn };
}

export async function inFull(kept: Kept, world: World, request: StoredRequest): Promise<OwnRequestInFull> {
  const [made, receipt, until, ticket, ended] = await Promise.all([
    kept.packages.ofRequest(request._id),
    kept.requests.receipt(request._id),
    kept.requests.stoppableUntil(request),
    kept.tickets.get(request.ticket),
    endOf(kept, request),
  ]);
  const refusal = 'refusal' in request ? request.refusal : undefined;
  return {
    ...inShort(request),
    number: ticket?.number ?? null,
    steps: stepsInWords(world, request),
    missing: 'missing' in request ? request.missing : [],
    refusal: refusal ? { reason: refusal.reason, article: refusal.article, until: refusal.until ?? null } : null,
    decided: decisionInWords(world, request),
    goesOnAs: request.status === 'linked' ? request.of : null,
    mayTakeBack: !isClosed(request) && request.status !== 'running',
    takeBackUntil: until ?? null,
    hasReceipt: receipt !== undefined,
    ended: ended?.until ? { restriction: ended._id, on: dayOf(world, ended.until) } : null,
    package:
      made?.state === 'ready' && made.availableUntil ? { id: made.id, until: dayOf(world, made.availableUntil) } : null,
    conversation: ticket?.inApp ? ticket._id : null,
  };
}

/** The restriction that stood when the request was answered, where its end is signed. */
async function endOf(kept: Kept, request: StoredRequest): Promise<StoredHold | undefined> {
  if (request.right !== 'restriction' || request.status !== 'fulfilled') return undefined;
  const { subject, startedAt, closedAt } = request;
  const all = await kept.restrictions.history(subject);
  return all.find(({ from, until, signed }) => signed && from <= closedAt && until && until > startedAt);
}
