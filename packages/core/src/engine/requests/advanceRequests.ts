import { isKeptError } from '../../kernel/keptError.ts';
import { needsIdentity } from '../../kernel/request/needsIdentity.ts';
import { isClosed } from '../../kernel/request/requestStatus.ts';
import type { Verified } from '../../kernel/request/rightsRequest.ts';
import { wayOf } from '../../kernel/request/wayOf.ts';
import { update } from '../aggregate.ts';
import { advanceReport } from '../children/advanceReport.ts';
import { resolveFinding } from '../findings/findings.ts';
import { advanceMandate } from '../mandates/advanceMandate.ts';
import { carryOutRight } from '../rights/carryOutRight.ts';
import { isContest, takeUpContest } from '../rights/contest/takeUpContest.ts';
import { forgetCaptured } from '../rights/erasure/forgetCaptured.ts';
import { isPlanOutdated, previewErasure } from '../rights/erasure/previewErasure.ts';
import { endedInPart, resumeErasure } from '../rights/erasure/resumeErasure.ts';
import type { Executor } from '../rights/executor.ts';
import { executorOf } from '../rights/executors.ts';
import { foundSince } from '../rights/nobody/foundSince.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';
import { acknowledge, firstChallenge } from './acknowledge.ts';
import { awaitCopy, COPY_FIRST } from './awaitCopy.ts';
import { changeRequest } from './changeRequest.ts';
import { copyBefore } from './copyBefore.ts';
import { linkDuplicate } from './linkDuplicate.ts';
import { linkSubject } from './linkSubject.ts';
import { noLongerStuck, reportStuck, stuckRequests } from './reportStuck.ts';
import { sendAnswer } from './sendAnswer.ts';
import { tellOfExtension } from './tellOfExtension.ts';

/** More than any request takes; a bound, so that a fault cannot turn the worker for ever. */
const MOST_STEPS = 12;

/**
 * Takes every request that waits for no person as far as it goes. Each step is written down before the next begins, so
 * a process that dies between two of them goes on where it was. One request in trouble holds up no other, and staff know of
 * it until it goes on.
 */
export async function advanceRequests(world: World): Promise<{ advanced: number }> {
  const open = await world.records
    .collection<StoredRequest>('requests')
    .find({ service: world.service, answerSentAt: { exists: false } }, { sort: { dueOn: 1, _id: 1 } });
  const stuck = await stuckRequests(world);
  let advanced = 0;
  for (const request of [...open, ...(await endedInPart(world))]) {
    try {
      advanced += await advanceRequest(world, request);
      if (stuck.has(request._id)) await noLongerStuck(world, request);
    } catch (error) {
      if (isKeptError(error) && /_CONFLICT$/.test(error.code)) continue;
      await reportStuck(world, request, error);
    }
  }
  await forgetCaptured(world);
  return { advanced };
}

/** Answers how many steps it took. */
export async function advanceRequest(world: World, request: StoredRequest): Promise<number> {
  let current = request;
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const next = await step(world, current);
    if (!next) return steps;
    current = next;
  }
  return MOST_STEPS;
}

/** The next step that needs no person, or undefined where the request waits for one. */
async function step(world: World, request: StoredRequest): Promise<StoredRequest | undefined> {
  const now = world.clock.now();
  const ticket = await world.records.collection<Ticket>('tickets').get(request.ticket);
  if (!ticket) throw new RangeError('The ticket of the request is gone');

  if (request.report) {
    const next = await advanceReport(world, request, ticket, now);
    if (next) return next;
  }
  // A machine that wrote is not answered by ours; its request counts all the same.
  if (!request.acknowledgedAt && !request.automatic && request.requester.address) {
    const acknowledged = await acknowledge(world, request, ticket, now);
    if (acknowledged) return acknowledged;
  }
  if (request.extension && !request.extensionTold) return tellOfExtension(world, request, ticket, now);
  const mandated = await advanceMandate(world, request, now);
  if (mandated) return mandated;
  if (request.status === 'received' && isContest(request)) return takeUpContest(world, request, now);
  if (request.status === 'received' && request.about && !request.report) {
    if (!needsIdentity(request)) return confirmByAddress(world, request, request.about.subject, now);
    if (!request.challenge) return firstChallenge(world, request, ticket, now);
  }
  if ('subject' in request && !request.linked) return linkSubject(world, request);
  if (request.status === 'verified') {
    const linked = (await foundSince(world, request, now)) ?? (await linkDuplicate(world, request, now));
    if (linked) return linked;
  }
  const work = await workOn(world, request, ticket, now);
  if (work) return work;
  if (isClosed(request) && !request.answerSentAt) {
    await resolveFinding(world, COPY_FIRST, request._id, now);
    return sendAnswer(world, request, ticket, now);
  }
  if (request.status === 'partly-fulfilled') return resumeErasure(world, request);
  return undefined;
}

function confirmByAddress(world: World, { _id }: StoredRequest, subject: string, now: Date): Promise<StoredRequest> {
  return changeRequest(world, _id, { type: 'ConfirmIdentity', subject, how: 'address' }, now);
}

/** What the executor of the right can do now; undefined where a person decides next, or nothing is open. */
async function workOn(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
  now: Date,
): Promise<StoredRequest | undefined> {
  const executor = executorOf(world, request);
  if (!executor) return undefined;
  const way = wayOf(request);
  if (request.status === 'verified') {
    if (executor.begin && !request.begun) return begin(world, request, executor, now);
    if (way === 'approved') return previewErasure(world, request, 'kept');
    return way === 'direct' ? carryOutRight(world, request, executor) : undefined;
  }
  const isReady = request.status === 'approved' || request.status === 'decided';
  if (isReady && (await executor.waits?.(world, request, now))) return undefined;
  if (request.status === 'approved') {
    const copy = await copyBefore(world, request, now);
    if (copy) return awaitCopy(world, request, copy, ticket, now);
    if (await isPlanOutdated(world, request)) return previewErasure(world, request, 'kept');
    return carryOutRight(world, request, executor);
  }
  const goesOn = request.status === 'decided' || request.status === 'running';
  return goesOn ? carryOutRight(world, request, executor) : undefined;
}

async function begin(
  world: World,
  request: StoredRequest & Verified,
  executor: Executor,
  now: Date,
): Promise<StoredRequest> {
  await executor.begin?.(world, request, now);
  return update<StoredRequest>(world, 'requests', request._id, (each) => ({ document: { ...each, begun: true } }));
}
