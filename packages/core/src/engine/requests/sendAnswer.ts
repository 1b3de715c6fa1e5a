import { categoryLabel } from '../../kernel/policy/categoryLabel.ts';
import { periodDays } from '../../kernel/policy/periodDays.ts';
import { isClosed } from '../../kernel/request/requestStatus.ts';
import { runOf } from '../../kernel/request/runOf.ts';
import { tellReporter } from '../children/advanceReport.ts';
import { useAgain } from '../children/storedOnly.ts';
import { settleEvidence } from '../evidence/evidence.ts';
import { lawFacts } from '../outbox/lawFacts.ts';
import { dayOf, letterFrame } from '../outbox/letterFrame.ts';
import { queueLetter } from '../outbox/queueLetter.ts';
import type { ErasureResult, KeptLine, LawFacts } from '../ports/letterModels.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import { closeTicket } from '../tickets/tickets.ts';
import type { World } from '../world.ts';
import { changeRequest } from './changeRequest.ts';
import { isReaderThePerson } from './isReaderThePerson.ts';
import { lawNamed, lawOf } from './lawOf.ts';
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
    // A report tells of somebody else's account: what became of it is told there and nowhere else.
    to:
      ('identity' in request ? request.about?.address : undefined) ?? (request.report ? '' : request.requester.address),
    language: request.language,
    automatic: false,
    ticket: ticket._id,
    request: request._id,
    occasion: `answer:${runOf(request)}`,
  };
  const frame = letterFrame(world, ticket);
  const receivedOn = dayOf(world, request.receivedAt);
  const law = await lawForReader(world, request);

  if (request.status === 'fulfilled' || request.status === 'partly-fulfilled') {
    // The receipt names the head of the chain, so what happened until now must be in it.
    await settleEvidence(world, [request]);
    const receipt = await issueReceipt(world, request);
    const file = `receipt-${runOf({ _id: ticket.number, ...(request.round && { round: request.round }) })}.json`;
    const { keyId } = await world.keys.signer();
    const result = erasureResult(world, request, receivedOn, law);
    const attachments = [{ name: file, type: 'application/json', content: receipt.text }];
    const missing = request.status === 'partly-fulfilled' ? request.missing : [];
    if (request.report) {
      const model = { ...frame, ...result, law, missing, receipt: { file, keyId } };
      if (common.to) await queueLetter(world, { ...common, letter: 'child-account-erased', model, attachments }, now);
    } else if (request.status === 'fulfilled') {
      const model = { ...frame, ...result, law, receipt: { file, keyId } };
      await queueLetter(world, { ...common, letter: 'rights-fulfilled-erasure', model, attachments }, now);
    } else {
      const model = { ...frame, ...result, law, missing, receipt: { file, keyId } };
      await queueLetter(world, { ...common, letter: 'rights-partly-fulfilled', model, attachments }, now);
    }
  }
  if (request.status === 'refused' && common.to && !request.report) {
    const { article, reason } = request.refusal;
    const model = { ...frame, right: request.right, receivedOn, reason, article, law };
    await queueLetter(world, { ...common, letter: 'rights-refused', model }, now);
  }

  if (request.report) {
    await useAgain(world, request, now);
    await tellReporter(world, request, ticket, 'child-report-decided', now);
  }
  // Before the request is marked as answered: nobody looks at it again after that.
  await closeWithLast(world, ticket, request, now);
  return changeRequest(world, request._id, { type: 'SendAnswer' }, now);
}

function erasureResult(
  world: World,
  request: Extract<StoredRequest, { status: 'fulfilled' | 'partly-fulfilled' }>,
  receivedOn: string,
  law: LawFacts,
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
        ground: groundUnder(law, line.ground ?? { article: '', text: '' }),
        until: until ? dayOf(world, until) : null,
        detached: line.action === 'detach',
      })),
    recipientsTold: [],
    othersWorks: 0,
    backupDays: backupDays(world),
  };
}

/** Within how many days a backup is overwritten: the pack's measure of that name says so, where it has one. */
function backupDays({ policy }: World): number | null {
  const cycle = policy.security.find(({ name }) => name === 'backups')?.every;
  return cycle === undefined ? null : Math.ceil(periodDays(cycle.period));
}

/** The law of the person, where it is the person who reads it; else that of somebody unknown. */
async function lawForReader(world: World, request: StoredRequest): Promise<LawFacts> {
  const open = 'identity' in request || (await isReaderThePerson(world, request));
  const { regime } = await (open ? lawNamed(world, request.regime) : lawOf(world, undefined));
  return lawFacts(regime, { right: request.right, kind: 'respond' });
}

/** The packs give their grounds by the articles of the GDPR, which are nothing to somebody under another law. */
function groundUnder(law: LawFacts, { article, text }: { article: string; text: string }): KeptLine['ground'] {
  return { article: law.gdpr || !/\bGDPR\b/.test(article) ? article : null, text };
}

async function closeWithLast(world: World, ticket: Ticket, last: StoredRequest, now: Date): Promise<void> {
  const requests = await world.records.collection<StoredRequest>('requests').find({ ticket: ticket._id });
  if (requests.every((each) => each._id === last._id || (isClosed(each) && each.answerSentAt)))
    await closeTicket(world, ticket._id, 'kept', now);
}
