import { categoryLabel } from '../../../kernel/policy/categoryLabel.ts';
import { periodDays } from '../../../kernel/policy/periodDays.ts';
import { runOf } from '../../../kernel/request/runOf.ts';
import { notFound } from '../../aggregate.ts';
import { settleEvidence } from '../../evidence/evidence.ts';
import { toldLines } from '../../notifications/toldLines.ts';
import { dayOf, letterFrame } from '../../outbox/letterFrame.ts';
import type { ErasureResult, KeptLine, LawFacts } from '../../ports/letterModels.ts';
import { lawForReader } from '../../requests/lawForReader.ts';
import type { Ticket } from '../../stored.ts';
import type { World } from '../../world.ts';
import type { Answer, EndedRequest } from '../executor.ts';
import { endOf, erasureReceipt } from './receipt.ts';

/** What went, what stays on which ground and until when, with the signed receipt. */
export async function erasureAnswer(world: World, request: EndedRequest): Promise<Answer> {
  const ticket = await world.records.collection<Ticket>('tickets').get(request.ticket);
  if (!ticket) throw notFound('tickets', request.ticket);
  // The receipt names the head of the chain, so what happened until now must be in it.
  await settleEvidence(world, [request]);
  const receipt = await erasureReceipt(world, request);
  const file = `receipt-${runOf({ _id: ticket.number, ...(request.round && { round: request.round }) })}.json`;
  const { keyId } = await world.keys.signer();
  const law = await lawForReader(world, request);
  const result = await erasureResult(world, request, dayOf(world, request.receivedAt), law);
  const attachments = [{ name: file, type: 'application/json', content: receipt.text }];
  const missing = request.status === 'partly-fulfilled' ? request.missing : [];
  const model = { ...letterFrame(world, ticket), ...result, law, receipt: { file, keyId } };
  if (request.report) return { letter: 'child-account-erased', model: { ...model, missing }, attachments };
  if (request.status === 'fulfilled') return { letter: 'rights-fulfilled-erasure', model, attachments };
  return { letter: 'rights-partly-fulfilled', model: { ...model, missing }, attachments };
}

async function erasureResult(
  world: World,
  request: EndedRequest,
  receivedOn: string,
  law: LawFacts,
): Promise<ErasureResult> {
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
        ends: endsBy(until ? '' : line.rule),
        detached: line.action === 'detach',
      })),
    recipientsTold: await toldLines(world, request._id),
    othersWorks: lines.reduce((sum, line) => sum + (line.othersWorks ?? 0), 0),
    backupDays: backupDays(world),
  };
}

function endsBy(rule = ''): KeptLine['ends'] {
  return {
    hold: rule === 'holds.legal',
    restriction: rule === 'holds.restriction',
    period: rule.startsWith('retention.'),
  };
}

/** Within how many days a backup is overwritten: the pack's measure of that name says so, where it has one. */
function backupDays({ policy }: World): number | null {
  const cycle = policy.security.find(({ name }) => name === 'backups')?.every;
  return cycle === undefined ? null : Math.ceil(periodDays(cycle.period));
}

/** The packs give their grounds by the articles of the GDPR, which are nothing to somebody under another law. */
function groundUnder(law: LawFacts, { article, text }: { article: string; text: string }): KeptLine['ground'] {
  return { article: law.gdpr || !/\bGDPR\b/.test(article) ? article : null, text };
}
