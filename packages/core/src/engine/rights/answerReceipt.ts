import type { AnswerReceipt, Claim } from '../../kernel/evidence/answerReceipt.ts';
import type { Verified } from '../../kernel/request/rightsRequest.ts';
import { runOf } from '../../kernel/request/runOf.ts';
import { evidenceHead, settleEvidence } from '../evidence/evidence.ts';
import type { ReceiptFacts } from '../ports/letterModels.ts';
import type { OutboxLetter, StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';
import { choiceClaims } from './choiceClaims.ts';
import type { Answer, Claimed, EndedRequest } from './executor.ts';
import { executorOf } from './executors.ts';
import { issueReceipt } from './issueReceipt.ts';
import { receiptFrame, recipientsOn, signatureOf } from './receiptFrame.ts';

type Refused = Extract<StoredRequest, { status: 'refused' }>;

/** A signed receipt as it goes with a letter. */
export interface Enclosed {
  readonly receipt: ReceiptFacts;
  readonly attachments: OutboxLetter['attachments'];
}

/**
 * Signs how a request ended, once: what its executor finds to be so when it looks, or the ground of a refusal. Undefined where an
 * erasure has a receipt of its own, for tests, and where the engine neither did nor refused anything.
 */
export async function answerReceipt(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
): Promise<Enclosed | undefined> {
  const look = lookFor(world, request);
  if (!look) return undefined;
  const { text } = await issueReceipt(world, { id: runOf(request), about: request._id }, async (now) => {
    // The receipt names the head of the chain, so what happened until now must be in it.
    await settleEvidence(world, [request]);
    return compose(world, request as EndedRequest | Refused, ticket, await look(now), now);
  });
  const file = `receipt-${runOf({ ...request, _id: ticket.number })}-${request.right}.json`;
  const { keyId } = await world.keys.signer();
  return { receipt: { file, keyId }, attachments: [{ name: file, type: 'application/json', content: text }] };
}

/** The letter with its receipt; one that brings a receipt of its own keeps that. */
export function enclose(answer: Answer, enclosed: Enclosed | undefined): Answer {
  const { receipt = null, attachments = [] } = enclosed ?? {};
  const model = { receipt, ...answer.model };
  return { attachments, ...answer, model } as Answer;
}

function lookFor(world: World, request: StoredRequest): ((now: Date) => Promise<Claimed>) | undefined {
  // Whoever reports a child is told the same whether there is such an account or not.
  if (request.test || request.report === 'child') return undefined;
  if (request.status === 'refused') return (now) => refusalClaims(world, request, now);
  if (request.status !== 'fulfilled' && request.status !== 'partly-fulfilled') return undefined;
  const claims = executorOf(world, request)?.claims;
  return claims && ((now) => claims(world, request, now));
}

/** The ground, and what ended all the same, such as marketing where the rest of an objection is refused. */
async function refusalClaims(world: World, request: Refused, now: Date): Promise<Claimed> {
  const { article, ground, until } = request.refusal;
  const refused: Claim = { what: 'refused', article, ...(ground && { ground }), ...(until && { until }) };
  if (!('subject' in request) || !request.recorded) return { claims: [refused], notClaimed: [] };
  const { claims, notClaimed } = await choiceClaims(world, request as Refused & Verified, now);
  return { claims: [refused, ...claims], notClaimed };
}

async function compose(
  world: World,
  request: EndedRequest | Refused,
  { number }: Ticket,
  { claims, notClaimed }: Claimed,
  now: Date,
): Promise<AnswerReceipt> {
  const { _id: id, right, report, regime, receivedAt, status } = request;
  const decided = status === 'refused' ? { by: request.refusal.by, at: request.closedAt } : request.decision;
  return {
    format: 'kept-answer/1',
    ...receiptFrame(world),
    request: {
      ...{ id, number, right, regime },
      ...(report === 'pictured' && { report }),
      receivedAt: receivedAt.toISOString(),
    },
    ...('identity' in request && {
      identity: { confirmedAt: request.identity.at.toISOString(), how: request.identity.how },
    }),
    ...(decided && { decision: await signatureOf(world, decided) }),
    ...(status !== 'refused' && { startedAt: request.startedAt.toISOString() }),
    endedAt: request.closedAt.toISOString(),
    outcome: status,
    claims,
    missing: status === 'partly-fulfilled' ? request.missing : [],
    recipients: await recipientsOn(world, id),
    readBackAt: now.toISOString(),
    evidence: await evidenceHead(world),
    notClaimed,
  };
}
