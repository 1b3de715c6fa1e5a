import type { AnswerReceipt } from '../../../kernel/evidence/answerReceipt.ts';
import { isKeptError } from '../../../kernel/keptError.ts';
import { update } from '../../aggregate.ts';
import { evidenceHead, settleEvidence } from '../../evidence/evidence.ts';
import type { StoredHold } from '../../stored.ts';
import type { World } from '../../world.ts';
import { issueReceipt } from '../issueReceipt.ts';
import { receiptFrame, recipientsOn, signatureOf } from '../receiptFrame.ts';

type Lifted = StoredHold & Required<Pick<StoredHold, 'subject' | 'until' | 'lifting'>>;

/** The receipt of its end: that of the restriction itself goes by the request. */
export function liftedReceiptId(hold: string): string {
  return `lifted-${hold}`;
}

/** Signs of each restriction that has ended that it did, and that its person was told before (Art 18(3) GDPR). Safe to repeat. */
export async function signLifted(world: World): Promise<void> {
  const ended = await world.records.collection<Lifted>('holds').find({
    service: world.service,
    kind: 'restriction',
    until: { exists: true },
    'lifting.toldAt': { exists: true },
    signed: { exists: false },
  });
  for (const hold of ended) {
    try {
      await sign(world, hold);
    } catch (error) {
      // Another worker writes the evidence: it is signed in the next round.
      if (!isKeptError(error) || !error.code.endsWith('_CONFLICT')) throw error;
    }
  }
}

async function sign(world: World, hold: Lifted): Promise<void> {
  const { _id: id } = hold;
  await issueReceipt(world, { id: liftedReceiptId(id), about: id }, async (now) => {
    await settleEvidence(world, [hold]);
    return receiptOf(world, hold, now);
  });
  await update<StoredHold>(world, 'holds', id, (newest) =>
    newest.signed ? undefined : { document: { ...newest, signed: true } },
  );
}

async function receiptOf(world: World, hold: Lifted, now: Date): Promise<AnswerReceipt> {
  const { _id: id, subject, ground, from, until, lifting } = hold;
  const { by, since, toldAt = since } = lifting;
  const others = await world.records
    .collection<StoredHold>('holds')
    .count({ service: world.service, kind: 'restriction', subject, until: { exists: false } });
  return {
    format: 'kept-answer/1',
    ...receiptFrame(world),
    decision: await signatureOf(world, { by, at: since }),
    endedAt: until.toISOString(),
    outcome: 'lifted',
    claims: [
      {
        what: 'restriction-lifted',
        ground,
        since: from.toISOString(),
        toldAt: toldAt.toISOString(),
        liftedAt: until.toISOString(),
      },
    ],
    missing: [],
    recipients: await recipientsOn(world, id, 'restriction-lifted'),
    readBackAt: now.toISOString(),
    evidence: await evidenceHead(world),
    notClaimed: others > 0 ? ['That nothing else restricts the data: another restriction stands.'] : [],
  };
}
