import type { RightsReceipt } from '../../kernel/evidence/answerReceipt.ts';
import { type SignedDocument, sealDocument } from '../../kernel/evidence/signedDocument.ts';
import { runsOf } from '../../kernel/request/runOf.ts';
import { event, fresh } from '../aggregate.ts';
import { scrubEvidence, settleEvidence } from '../evidence/evidence.ts';
import type { StoredReceipt, StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';

/** Signs a receipt and keeps it, once: asked again, such as after a crash, it answers with the very same bytes. */
export async function issueReceipt(
  world: World,
  { id, about }: { readonly id: string; readonly about: string },
  compose: (now: Date) => Promise<RightsReceipt>,
): Promise<StoredReceipt> {
  const records = world.records.collection<StoredReceipt>('receipts');
  const there = await records.get(id);
  if (there) return there;

  const now = world.clock.now();
  const signer = await world.keys.signer();
  const text = sealDocument(await compose(now), signer.keyId, (content) => signer.sign(content));
  const issued = event(world, 'ReceiptIssued', now, { request: about, sha256: world.crypto.sha256(text) });
  await records.insert({ ...fresh(world, id, [issued]), request: id, at: now, text });
  return (await records.get(id)) as StoredReceipt;
}

/** A receipt as it was signed, and the same read. */
export interface ReadReceipt {
  readonly text: string;
  readonly document: SignedDocument<RightsReceipt>;
}

/** The newest receipt of a request, or that of one round. */
export async function readReceipt(world: World, id: string, round?: number): Promise<ReadReceipt | undefined> {
  const request = await world.records.collection<StoredRequest>('requests').get(id);
  const runs = request ? runsOf(request) : [id];
  for (const run of round === undefined ? runs.reverse() : runs.slice(round - 1, round)) {
    const receipt = await receiptNamed(world, run);
    if (receipt) return receipt;
  }
  return undefined;
}

/** The receipt that was kept under this name. */
export async function receiptNamed(world: World, id: string): Promise<ReadReceipt | undefined> {
  const receipt = await world.records.collection<StoredReceipt>('receipts').get(id);
  return receipt?.service === world.service
    ? { text: receipt.text, document: JSON.parse(receipt.text) as SignedDocument<RightsReceipt> }
    : undefined;
}

/** Removes receipts whose cases are over; the evidence keeps that they were issued, and no details. */
export async function forgetReceipts(world: World, ids: readonly string[]): Promise<void> {
  const records = world.records.collection<StoredReceipt>('receipts');
  const receipts = await records.find({ _id: { in: ids } });
  if (receipts.length === 0) return;
  await settleEvidence(world, receipts);
  await scrubEvidence(
    world,
    receipts.map(({ _id }) => _id),
  );
  await records.remove({ _id: { in: ids } });
}
