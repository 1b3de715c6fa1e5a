import type { DeadlineClock, Kept, StoredRequest } from '@kept/core';
import type { Args } from './command.ts';
import type { Io } from './io.ts';
import { answer, columns } from './output.ts';

/** Prints a request with its clock. */
export async function answerWithRequest(io: Io, args: Args, kept: Kept, request: StoredRequest): Promise<void> {
  const clock = await kept.requests.clock(request);
  const beside = await standingBeside(kept, request);
  answer(io, args, presentRequest(request, clock, beside), () => requestText(request, clock, beside));
}

/** What decides with it how it goes on: until when it can be stopped, what goes first, and what stands for its person. */
interface Beside {
  readonly stoppableUntil: Date | undefined;
  /** The copy for which an erasure waits. */
  readonly waitsFor: string | undefined;
  readonly restrictions: readonly { readonly ground: string; readonly from: Date }[];
}

async function standingBeside(kept: Kept, request: StoredRequest): Promise<Beside> {
  const stands = 'subject' in request ? await kept.restrictions.history(request.subject) : [];
  return {
    stoppableUntil: await kept.requests.stoppableUntil(request),
    waitsFor: request.right === 'erasure' ? (await kept.requests.copyBefore(request))?.request : undefined,
    restrictions: stands.filter(({ until }) => !until).map(({ ground, from }) => ({ ground, from })),
  };
}

/** What staff see of a request; the identifiers that a run captures stay inside. */
function presentRequest(request: StoredRequest, clock: DeadlineClock, beside: Beside): Record<string, unknown> {
  const from = request as StoredRequest & Record<string, unknown>;
  const {
    _id,
    right,
    status,
    regime,
    residence,
    channel,
    receivedAt,
    acknowledgedAt,
    dueOn,
    ticket,
    requester,
    about,
  } = from;
  const { subject, identity, preview, proposal, approval, extension, refusal, startedAt, closedAt, missing } = from;
  const { test, report, round, asks, decision, handedOver, rehearsal, answeredBy, withdrawnBy, of: runsAs } = from;
  return {
    id: _id,
    right,
    status,
    regime,
    residence,
    channel,
    receivedAt,
    acknowledgedAt,
    dueOn,
    ticket,
    requester,
    subject: subject ?? about?.subject,
    identity,
    clock,
    preview,
    proposal,
    approval,
    extension,
    refusal,
    startedAt,
    closedAt,
    answerSentAt: from.answerSentAt,
    missing,
    ...{ test, report, round, asks, decision, handedOver, rehearsal, answeredBy, withdrawnBy, of: runsAs },
    ...beside,
  };
}

/** One line of a list: no names and addresses. */
export function summariseRequest({ _id, right, status, dueOn, ticket, receivedAt }: StoredRequest): {
  readonly id: string;
  readonly right: string;
  readonly status: string;
  readonly dueOn: string;
  readonly ticket: string;
  readonly receivedAt: Date;
} {
  return { id: _id, right, status, dueOn, ticket, receivedAt };
}

/** The request for people: what is decided, by when, and what an erasure would do. */
function requestText(request: StoredRequest, clock: DeadlineClock, beside: Beside): string {
  const facts = [
    ['id', request._id],
    ['right', request.right],
    ['status', request.status],
    ['received', request.receivedAt.toISOString()],
    ['law', `${request.regime} (${request.residence ?? 'residence unknown'})`],
    ['due', `${request.dueOn} (law ${clock.due ?? 'none'}, promise ${clock.promiseDue ?? 'none'})`],
    ['ticket', request.ticket],
    ...endFacts(request),
    ...(beside.stoppableUntil ? [['can be stopped until', beside.stoppableUntil.toISOString()]] : []),
    ...(beside.waitsFor ? [['waits for the copy', beside.waitsFor]] : []),
    ...beside.restrictions.map(({ ground, from }) => ['restricted', `${ground}, since ${from.toISOString()}`]),
  ];
  if (!('preview' in request)) return columns(facts);

  const { at, hash, lines } = request.preview;
  const rows = lines.map(({ collection, action, count, files, rule, clause }) => [
    `  ${action}`,
    collection,
    `${count} records`,
    `${files} files`,
    rule ?? '',
    clause ?? '',
  ]);
  return `${columns([...facts, ['preview', `${hash} of ${at.toISOString()}`]])}${columns(rows)}`;
}

/** How it came to where it is, in the statuses that only some rights have. */
function endFacts(request: StoredRequest): string[][] {
  const { test, handedOver } = request;
  const fetched = handedOver && (handedOver.at ? `fetched ${handedOver.at.toISOString()}` : 'not fetched yet');
  return [
    ...(test ? [['test', 'nothing of the person changes, and the letters go to staff']] : []),
    ...('decision' in request && request.decision ? [['decided', request.decision.at.toISOString()]] : []),
    ...(fetched ? [['package', `${fetched}; until ${handedOver.by.toISOString()}`]] : []),
    ...(request.status === 'linked' ? [['goes on as', request.of]] : []),
    ...(request.status === 'withdrawn' ? [['taken back', request.closedAt.toISOString()]] : []),
    ...(request.status === 'refused' ? [['refused', `${request.refusal.article}: ${request.refusal.reason}`]] : []),
    ...(request.status === 'partly-fulfilled' ? request.missing.map((each) => ['missing', each]) : []),
  ];
}
