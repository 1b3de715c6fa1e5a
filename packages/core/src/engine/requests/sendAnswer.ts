import { categoryLabel } from '../../kernel/policy/categoryLabel.ts';
import { isClosed } from '../../kernel/request/requestStatus.ts';
import { runOf } from '../../kernel/request/runOf.ts';
import { settleEvidence } from '../evidence/evidence.ts';
import { dayOf, letterFrame } from '../outbox/letterFrame.ts';
import { queueLetter } from '../outbox/queueLetter.ts';
import type { ErasureResult } from '../ports/letterModels.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import { closeTicket } from '../tickets/tickets.ts';
import type { World } from '../world.ts';
import { changeRequest } from './changeRequest.ts';
import { endOf, issueReceipt } from './receipt.ts';

/**
 * Writes to the person how it ended, with the receipt where there is one, and closes the ticket with its last request.
 * A result goes to the registered address that was confirmed, whoever wrote; a refusal of what nobody confirmed goes to
 * the one who wrote.
 */
export async function sendAnswer(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
  now: Date,
): Promise<StoredRequest> {
  const common = {
    to: ('identity' in request ? request.about?.address : undefined) ?? request.requester.address,
    language: request.language,
    automatic: false,
    ticket: ticket._id,
    request: request._id,
    occasion: `answer:${runOf(request)}`,
  };
  const frame = letterFrame(world, ticket);
  const receivedOn = dayOf(world, request.receivedAt);

  if (request.status === 'fulfilled' || request.status === 'partly-fulfilled') {
    // The receipt names the head of the chain, so what happened until now must be in it.
    await settleEvidence(world, [request]);
    const receipt = await issueReceipt(world, request);
    const file = `receipt-${runOf({ _id: ticket.number, ...(request.round && { round: request.round }) })}.json`;
    const { keyId } = await world.keys.signer();
    const result = erasureResult(world, request, receivedOn);
    const attachments = [{ name: file, type: 'application/json', content: receipt.text }];
    if (request.status === 'fulfilled') {
      const model = { ...frame, ...result, receipt: { file, keyId } };
      await queueLetter(world, { ...common, letter: 'rights-fulfilled-erasure', model, attachments }, now);
    } else {
      const model = { ...frame, ...result, missing: request.missing, receipt: { file, keyId } };
      await queueLetter(world, { ...common, letter: 'rights-partly-fulfilled', model, attachments }, now);
    }
  }
  if (request.status === 'refused' && common.to) {
    const { article, reason } = request.refusal;
    await queueLetter(
      world,
      { ...common, letter: 'rights-refused', model: { ...frame, right: request.right, receivedOn, reason, article } },
      now,
    );
  }

  // Before the request is marked as answered: nobody looks at it again after that.
  await closeWithLast(world, ticket, request, now);
  return changeRequest(world, request._id, { type: 'SendAnswer' }, now);
}

function erasureResult(
  world: World,
  request: Extract<StoredRequest, { status: 'fulfilled' | 'partly-fulfilled' }>,
  receivedOn: string,
): ErasureResult {
  const lines = request.carriedOut ?? [];
  return {
    receivedOn,
    completedOn: dayOf(world, request.closedAt),
    erased: lines
      .filter((line) => line.action === 'erase' && line.done > 0)
      .map((line) => ({ label: categoryLabel(world.policy, line.categories), records: line.done, files: line.files })),
    kept: lines
      .filter((line) => line.action !== 'erase' && line.count > 0 && line.ground)
      .map((line) => ({ line, until: endOf(world, line, request.closedAt) }))
      .map(({ line, until }) => ({
        label: categoryLabel(world.policy, line.categories),
        records: line.count,
        ground: line.ground ?? { article: '', text: '' },
        until: until ? dayOf(world, until) : null,
        detached: line.action === 'detach',
      })),
    recipientsTold: [],
    othersWorks: 0,
    backupDays: null,
  };
}

async function closeWithLast(world: World, ticket: Ticket, last: StoredRequest, now: Date): Promise<void> {
  const requests = await world.records.collection<StoredRequest>('requests').find({ ticket: ticket._id });
  if (requests.every((each) => each._id === last._id || (isClosed(each) && each.answerSentAt)))
    await closeTicket(world, ticket._id, 'kept', now);
}
