import { isClosed } from '../../kernel/request/requestStatus.ts';
import { runOf } from '../../kernel/request/runOf.ts';
import { useAgain } from '../children/storedOnly.ts';
import { tellAgent } from '../mandates/tellAgent.ts';
import { dayOf, letterFrame } from '../outbox/letterFrame.ts';
import { type Queued, queueLetter } from '../outbox/queueLetter.ts';
import { tellReporter } from '../reports/tellReporter.ts';
import { answerReceipt, enclose } from '../rights/answerReceipt.ts';
import { labelsOf } from '../rights/choiceAnswer.ts';
import { executorOf } from '../rights/executors.ts';
import { tellPictured } from '../rights/pictured/tellPictured.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import { closeTicket } from '../tickets/tickets.ts';
import type { World } from '../world.ts';
import { changeRequest } from './changeRequest.ts';
import { lawForReader } from './lawForReader.ts';

/**
 * Writes to the person how it ended, and closes the ticket with its last request. A result goes to the registered address
 * that was confirmed, whoever wrote; a refusal of what nobody confirmed goes to the one who wrote.
 */
export async function sendAnswer(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
  now: Date,
): Promise<StoredRequest> {
  const common = {
    // A report tells of somebody else's account: what became of it is told there and nowhere else.
    to:
      ('identity' in request ? request.about?.address : undefined) ?? (request.report ? '' : request.requester.address),
    language: request.language,
    automatic: false,
    ticket: ticket._id,
    request: request._id,
    occasion: `answer:${runOf(request)}`,
  };

  const enclosed = await answerReceipt(world, request, ticket);
  const goesOn = labelsOf(world, { flags: [], purposes: request.goesOnOnceTold ?? [] });

  if (request.status === 'fulfilled' || request.status === 'partly-fulfilled') {
    const written = await executorOf(world, request)?.answer(world, request);
    const answer = written && enclose(written, enclosed);
    if (answer && common.to) await queueLetter(world, { ...common, ...answer } as Queued, now);
    if (answer && request.mandate?.copy && request.requester.address) {
      const copy = { to: request.requester.address, occasion: `${common.occasion}:copy` };
      await queueLetter(world, { ...common, ...answer, ...copy } as Queued, now);
    }
  }
  if (request.status === 'refused' && common.to && !request.report) {
    const { article, reason, until = null } = request.refusal;
    const law = await lawForReader(world, request);
    const receivedOn = dayOf(world, request.receivedAt);
    const { right } = request;
    const ended = labelsOf(world, request.recorded ?? { flags: [], purposes: [] });
    const model = { ...letterFrame(world, ticket), right, receivedOn, reason, article, until, goesOn, ended, law };
    const refused = enclose({ letter: 'rights-refused', model }, enclosed);
    await queueLetter(world, { ...common, ...refused } as Queued, now);
  }

  // Nothing of the account that a child's report is about.
  const writer = request.report === 'pictured' && !request.automatic ? request.requester.address : common.to;
  if (request.status === 'withdrawn' && writer && request.report !== 'child') {
    const { right, receivedAt, closedAt } = request;
    const days = { receivedOn: dayOf(world, receivedAt), withdrawnOn: dayOf(world, closedAt) };
    const model = { ...letterFrame(world, ticket), right, ...days, goesOn };
    await queueLetter(world, { ...common, to: writer, letter: 'rights-withdrawn', model }, now);
  }

  if (request.report === 'pictured') await tellPictured(world, request, ticket, enclosed, now);
  if (request.report === 'child') {
    await useAgain(world, request, now);
    await tellReporter(world, request, ticket, 'child-report-decided', now);
  }
  await tellAgent(world, request, ticket, now);
  // Before the request is marked as answered: nobody looks at it again after that.
  await closeWithLast(world, ticket, request, now);
  return changeRequest(world, request._id, { type: 'SendAnswer' }, now);
}

async function closeWithLast(world: World, ticket: Ticket, last: StoredRequest, now: Date): Promise<void> {
  const requests = await world.records.collection<StoredRequest>('requests').find({ ticket: ticket._id });
  if (requests.every((each) => each._id === last._id || (isClosed(each) && each.answerSentAt)))
    await closeTicket(world, ticket._id, 'kept', now);
}
