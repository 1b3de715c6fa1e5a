import { canonical } from '../../kernel/evidence/canonical.ts';
import { KeptError } from '../../kernel/keptError.ts';
import type { Recipient } from '../../kernel/policy/policy.ts';
import { covers } from '../../kernel/policy/vocabulary.ts';
import { event, fresh } from '../aggregate.ts';
import { demandText } from '../demandText.ts';
import type { Transfers } from '../keptTransfer.ts';
import { demandOffice } from '../staff/demandOffice.ts';
import type { World } from '../world.ts';
import { type BusinessTransfer, type LeftOut, NOBODY, type TransferPreview } from './businessTransfer.ts';
import { PURPOSE, transferable, whoGoes } from './whoGoes.ts';

/** People are given as long to object as the law gives a controller to answer them (Art 12(3) GDPR): about a month. */
const WAITING_DAYS = 30;
const SHORTEST_WAIT = 14;
const LONGEST_WAIT = 365;

const PAGE = 200;

/** Counts who would go, without changing anything of theirs, and stores what two people may then sign for. */
export async function prepareTransfer(
  world: World,
  { by, waitingDays = WAITING_DAYS, ...input }: Parameters<Transfers['prepare']>[0],
): Promise<BusinessTransfer> {
  const now = world.clock.now();
  const successor = demandText(input.successor, 'successor', 100);
  const reference = demandText(input.reference, 'reference', 200);
  const notice = demandText(input.notice, 'notice', 4000);
  demandWait(waitingDays);
  await demandOffice(world, by, 'transfer');
  const recipient = successorNamed(world, successor);

  const terms = { successor, reference, notice, waitingDays };
  const counted = await countPeople(world, recipient, reference, now);
  const { hash: policy } = world.policy;
  const hash = world.crypto.sha256(canonical({ ...terms, ...counted, policy }));
  const preview: TransferPreview = { at: now, ...counted, policy, hash };
  const { people, leftOut } = counted;
  const id = `transfer-${world.crypto.newId()}`;
  const transfer: BusinessTransfer = {
    ...fresh(world, id, [event(world, 'TransferPrepared', now, { by, successor, reference, people, leftOut, hash })]),
    ...terms,
    preview,
    prepared: { by, at: now },
    signatures: [],
  };
  await world.records.collection<BusinessTransfer>('transfers').insert(transfer);
  return transfer;
}

/** Throws TRANSFER_INVALID. */
export function successorNamed({ policy }: World, name: string): Recipient {
  const recipient = policy.recipients.find((each) => each.name === name);
  const takesOver = recipient?.kind === 'successor' && recipient.purposes.some((word) => covers(word, PURPOSE));
  if (recipient && takesOver) return recipient;
  throw new KeptError('TRANSFER_INVALID', 'The policy names no such successor in business', {
    place: 'recipients',
    remedy: `List a recipient of the kind successor for the purpose ${PURPOSE}.`,
  });
}

async function countPeople(
  world: World,
  recipient: Recipient,
  reference: string,
  now: Date,
): Promise<Pick<TransferPreview, 'categories' | 'people' | 'leftOut'>> {
  let people = 0;
  let leftOut: LeftOut = NOBODY;
  for (let after: unknown; ; ) {
    const page = await world.data.subjects(PAGE, after);
    const fates = await whoGoes(
      world,
      recipient,
      reference,
      page.subjects.map(({ subject }) => subject),
      now,
    );
    for (const { subject, addresses } of page.subjects) {
      const fate = fates.get(subject) ?? { leftOut: 'other' };
      if ('leftOut' in fate) leftOut = { ...leftOut, [fate.leftOut]: leftOut[fate.leftOut] + 1 };
      else if (addresses.length === 0) leftOut = { ...leftOut, untold: leftOut.untold + 1 };
      else people += 1;
    }
    if (page.next === undefined) return { categories: transferable(world, recipient), people, leftOut };
    after = page.next;
  }
}

function demandWait(days: unknown): void {
  if (Number.isInteger(days) && (days as number) >= SHORTEST_WAIT && (days as number) <= LONGEST_WAIT) return;
  throw new KeptError('INPUT_INVALID', 'This is no time in which people could object', {
    place: 'waitingDays',
    remedy: `Give whole days, ${SHORTEST_WAIT} to ${LONGEST_WAIT}.`,
  });
}
