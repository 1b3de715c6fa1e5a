import { KeptError } from '../../kernel/keptError.ts';
import { decideRequest } from '../../kernel/request/decideRequest.ts';
import { CLOSED_STATUSES, OPEN_STATUSES } from '../../kernel/request/requestStatus.ts';
import { wayOf } from '../../kernel/request/wayOf.ts';
import { notFound } from '../aggregate.ts';
import { storeOnly } from '../children/storedOnly.ts';
import { demandText } from '../demandText.ts';
import type { Requests } from '../keptRequests.ts';
import { decideRight, weighRight } from '../rights/decideRight.ts';
import { dropRequest } from '../rights/dropRequest.ts';
import { leaveAsItIs, lookAgain } from '../rights/erasure/lookAgain.ts';
import { mayBeStoppedUntil } from '../rights/erasure/mayBeStopped.ts';
import { previewErasure } from '../rights/erasure/previewErasure.ts';
import { executorOf } from '../rights/executors.ts';
import { readReceipt } from '../rights/issueReceipt.ts';
import { openTest } from '../rights/rehearsal/openTest.ts';
import { rehearse } from '../rights/rehearsal/rehearse.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import { reply } from '../tickets/tickets.ts';
import type { World } from '../world.ts';
import { challenge } from './acknowledge.ts';
import { advanceRequest, advanceRequests } from './advanceRequests.ts';
import { changeRequest } from './changeRequest.ts';
import { confirm, peekConfirmation } from './confirmation.ts';
import { copyBefore } from './copyBefore.ts';
import { demandSettler } from './demandSettler.ts';
import { eraseWithoutCopy } from './eraseWithoutCopy.ts';
import { extendRequest } from './extendRequest.ts';
import { lawNamed } from './lawOf.ts';
import { livesIn } from './livesIn.ts';
import { openByAccountOrStaff } from './openByAccountOrStaff.ts';
import { refuseRequest } from './refuseRequest.ts';
import { requestClock } from './requestClock.ts';

export function requests(world: World): Requests {
  const records = world.records.collection<StoredRequest>('requests');

  const find = async (id: string): Promise<StoredRequest> => {
    const request = await records.get(id);
    if (request?.service !== world.service) throw notFound('requests', id);
    return request;
  };
  const ticketOf = async (request: StoredRequest): Promise<Ticket> => {
    const ticket = await world.records.collection<Ticket>('tickets').get(request.ticket);
    if (!ticket) throw notFound('tickets', request.ticket);
    return ticket;
  };

  return {
    async list({ status, ids, tests = false, skip = 0, limit = ids?.length ?? 50 } = {}) {
      if (ids?.length === 0) return { items: [], total: 0 };
      const states =
        status === 'open'
          ? OPEN_STATUSES
          : status === 'closed'
            ? CLOSED_STATUSES
            : [...OPEN_STATUSES, ...CLOSED_STATUSES];
      const which = ids ? { _id: { in: ids } } : { test: { exists: tests } };
      const where = { service: world.service, status: { in: states }, ...which };
      const [items, total] = await Promise.all([
        records.find(where, { sort: { dueOn: 1, _id: 1 }, skip, limit }),
        records.count(where),
      ]);
      return { items, total };
    },

    async get(id) {
      const request = await records.get(id);
      return request?.service === world.service ? request : undefined;
    },

    clock: (request, kind) => requestClock(world, request, kind),
    law: async (request) => (await lawNamed(world, request.regime)).regime,

    async livesIn(id, by, residence) {
      return livesIn(world, await find(id), by, residence);
    },

    open: (input) => openByAccountOrStaff(world, input),

    rehearse: (right, subject) => rehearse(world, right, subject),
    openTest: (input) => openTest(world, input),

    peekConfirmation: (token) => peekConfirmation(world, token),
    confirm: (token, options) => confirm(world, token, options),

    async challengeAgain(id, by) {
      const request = await find(id);
      if (!request.about) {
        throw new KeptError('REQUEST_CONFLICT', 'No account was found to which a link could go', {
          place: `request ${id}`,
          remedy: 'Ask the person for the address registered with the account.',
        });
      }
      return challenge(world, request, await ticketOf(request), world.clock.now(), by);
    },

    async preview(id, by) {
      return previewErasure(world, await find(id), by);
    },

    async propose(id, by, hash) {
      const now = world.clock.now();
      const request = await find(id);
      decideRequest({ type: 'Propose', by, hash }, request, now);
      await demandSettler(world, 'propose', request, by);
      await storeOnly(world, request, by, now);
      return changeRequest(world, id, { type: 'Propose', by, hash }, now);
    },

    async approve(id, by, hash) {
      const now = world.clock.now();
      const request = await find(id);
      // What nobody could approve is said first, whoever asks.
      decideRequest({ type: 'Approve', by, hash }, request, now);
      await demandSettler(world, 'approve', request, by);
      return changeRequest(world, id, { type: 'Approve', by, hash }, now);
    },

    async extend(id, by, reason, until) {
      const request = await find(id);
      await demandSettler(world, 'extend', request, by);
      return extendRequest(world, request, await ticketOf(request), { by, reason, ...(until && { until }) });
    },

    async refuse(id, by, refusal) {
      const request = await find(id);
      await demandSettler(world, 'refuse', request, by);
      return refuseRequest(world, request, by, refusal);
    },

    weigh: (id, by, decision) => weighRight(world, id, by, decision),
    decide: (id, by, decision) => decideRight(world, id, by, decision),

    copyBefore: (request) => copyBefore(world, request, world.clock.now()),
    async eraseWithoutCopy(id, by, reason) {
      const request = await find(id);
      await demandSettler(world, 'release', request, by);
      return eraseWithoutCopy(world, request, by, reason);
    },
    stoppableUntil: async (request) => mayBeStoppedUntil(world, request),
    withdraw: async (id, by) =>
      dropRequest(world, (await find(id))._id, { type: 'Withdraw', by: demandText(by, 'by', 200) }, world.clock.now()),

    async lookAgain(id, by) {
      await advanceRequest(world, await lookAgain(world, await find(id), by));
      return find(id);
    },

    async leaveAsItIs(id, by, reason) {
      const request = await find(id);
      await demandSettler(world, 'leave', request, by);
      return leaveAsItIs(world, request, by, reason);
    },

    async answer(id, by, text) {
      const now = world.clock.now();
      const request = await find(id);
      // Refuses before anything is sent; the letter goes before the case closes, or a crash between would lose it.
      decideRequest({ type: 'Answer', by }, request, now);
      demandByHand(world, request);
      await reply(world, request.ticket, by, text, request.about?.address);
      return changeRequest(world, id, { type: 'Answer', by }, now);
    },

    advance: () => advanceRequests(world),

    async run(id) {
      await advanceRequest(world, await find(id));
      return find(id);
    },

    receipt: (id, round) => readReceipt(world, id, round),
  };
}

/** What is weighed is answered by its decision: a reply would pass over the balance, or over who may not decide an appeal. */
function demandByHand(world: World, request: StoredRequest): void {
  if (wayOf(request) !== 'decided' || !executorOf(world, request)) return;
  throw new KeptError('REQUEST_CONFLICT', 'This is weighed, and answered by what is decided', {
    place: `request ${request._id}`,
    remedy: 'Decide on it; write to the person by a reply on the ticket.',
  });
}
