import type { DeadlineClock, Kept, StoredRequest } from '@kept/core';
import type { Args } from './command.ts';
import type { Io } from './io.ts';
import { answer, columns } from './output.ts';

/** Prints a request with its clock. */
export async function answerWithRequest(io: Io, args: Args, kept: Kept, request: StoredRequest): Promise<void> {
  const clock = await kept.requests.clock(request);
  answer(io, args, presentRequest(request, clock), () => requestText(request, clock));
}

/** What staff see of a request; the identifiers that a run captures stay inside. */
function presentRequest(request: StoredRequest, clock: DeadlineClock): Record<string, unknown> {
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
function requestText(request: StoredRequest, clock: DeadlineClock): string {
  const facts = [
    ['id', request._id],
    ['right', request.right],
    ['status', request.status],
    ['received', request.receivedAt.toISOString()],
    ['law', `${request.regime} (${request.residence ?? 'residence unknown'})`],
    ['due', `${request.dueOn} (law ${clock.due ?? 'none'}, promise ${clock.promiseDue ?? 'none'})`],
    ['ticket', request.ticket],
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
