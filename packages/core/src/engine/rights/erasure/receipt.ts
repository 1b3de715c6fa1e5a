import { localDateOf } from '../../../kernel/clock/localDate.ts';
import type { PlanLine } from '../../../kernel/decision.ts';
import { endInWords } from '../../../kernel/erasure/endInWords.ts';
import { type ErasureReceipt, NOT_DONE, type ReceiptLine } from '../../../kernel/evidence/receipt.ts';
import { runOf } from '../../../kernel/request/runOf.ts';
import { limitOf } from '../../../kernel/retention/dueAt.ts';
import { evidenceHead } from '../../evidence/evidence.ts';
import type { WhyNotLooked } from '../../ports/residue.ts';
import { OWN } from '../../removal/ownRecords.ts';
import type { CarriedLine, StoredReceipt, StoredRequest } from '../../stored.ts';
import type { World } from '../../world.ts';
import { issueReceipt } from '../issueReceipt.ts';
import { receiptFrame, recipientsOn, signatureOf } from '../receiptFrame.ts';

/** What no receipt of ours claims. */
const NOT_CLAIMED = [
  'Copies in backups: they are overwritten in their own rhythm; a ledger outside them names, by keyed hash, what a restore must erase again.',
  'Copies that recipients made for themselves before this request.',
];

/** Signs what the run did, once; asked again it answers with the same document. */
export function erasureReceipt(world: World, request: StoredRequest): Promise<StoredReceipt> {
  return issueReceipt(world, { id: runOf(request), about: request._id }, () => receiptOf(world, request));
}

async function receiptOf(world: World, request: StoredRequest): Promise<ErasureReceipt> {
  const hasEnded = request.status === 'fulfilled' || request.status === 'partly-fulfilled';
  if (!hasEnded || !request.preview || !request.proposal || !request.approval) {
    throw new RangeError('Only a request that was carried out as two people signed for has a receipt');
  }
  return {
    format: 'kept-receipt/1',
    ...receiptFrame(world),
    request: {
      id: request._id,
      right: request.right,
      regime: request.regime,
      receivedAt: request.receivedAt.toISOString(),
    },
    identity: { confirmedAt: request.identity.at.toISOString(), how: request.identity.how },
    plan: { hash: request.preview.hash, at: request.preview.at.toISOString() },
    startedAt: request.startedAt.toISOString(),
    endedAt: request.closedAt.toISOString(),
    lines: (request.carriedOut ?? []).map((line) => lineOf(world, line, request.closedAt)),
    residue: residueOf(request, request.closedAt),
    recipients: await recipientsOn(world, request._id),
    approvals: [await signatureOf(world, request.proposal), await signatureOf(world, request.approval)],
    evidence: await evidenceHead(world),
    notClaimed: [...NOT_CLAIMED, ...notLooked(request), ...notDone(request)],
  };
}

function residueOf({ residue }: StoredRequest, closedAt: Date): ErasureReceipt['residue'] {
  const { lookedAt = closedAt, found = 0, looked, notLooked } = residue ?? {};
  return { lookedAt: lookedAt.toISOString(), found, ...(looked && { looked }), ...(notLooked && { notLooked }) };
}

const notLookedAt: Readonly<Record<WhyNotLooked, (collection: string) => string>> = {
  'too-many': (name) =>
    `That nothing is left elsewhere in ${name}: it has so many records that only the fields of the inventory were asked for.`,
  'too-many-keys': (name) =>
    `That nothing came to hang on records of ${name} during the run: there were more of them than could be remembered.`,
  unreadable: (name) => `That nothing is left in ${name}: it could not be read.`,
};

function notLooked({ residue }: StoredRequest): string[] {
  const all = residue?.notLooked ?? [];
  return all.map(({ collection, why }) => notLookedAt[why](collection));
}

function notDone(request: StoredRequest): string[] {
  return request.status === 'partly-fulfilled' ? request.missing.map((each) => `${NOT_DONE}${each}`) : [];
}

function lineOf(world: World, line: CarriedLine, closedAt: Date): ReceiptLine {
  const until = endOf(world, line, closedAt);
  const ends = line.ends ?? endInWords(line);
  return {
    collection: line.collection,
    category: line.categories.join(', '),
    action: line.action,
    found: line.count,
    done: line.done,
    left: line.count - line.done,
    files: { found: line.files + (line.filesLeft ?? 0), done: line.action === 'keep' ? 0 : line.files },
    rule: line.rule ?? 'rights.erasure',
    ...(line.clause && { clause: line.clause }),
    ...(line.ground && { ground: line.ground }),
    ...(until ? { until: localDateOf(until, world.policy.controller.zone).toString() } : ends && { ends }),
  };
}

/** When what stays goes, where that is known: the record of the case itself ends by its rule, from its close on. */
export function endOf(world: World, line: PlanLine, closedAt: Date): Date | undefined {
  if (line.until || line.collection !== OWN.cases) return line.until;
  const rule = world.policy.retention.find((each) => `retention.${each.id}` === line.rule);
  return rule && limitOf(rule.keep).end(closedAt, world.policy.controller.zone);
}
