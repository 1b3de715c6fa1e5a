import { KeptError } from '../kept.ts';
import { openDesk } from '../presenters/desk.ts';
import { presentReceipt, type Receipt, receiptName } from '../presenters/receipt.ts';
import type { Outcome, RequestVisit } from '../visit.ts';
import { pageOf } from './pageOf.ts';

/** The signed receipt, to read, and how to verify it without us. */
export async function showReceipt(visit: RequestVisit): Promise<Outcome> {
  const { receipt, round } = await receiptOf(visit);
  const model = presentReceipt(visit.request, receipt, round, await openDesk(visit));
  return { view: 'receipt', title: 'Receipt', model };
}

/** The very bytes that were signed. */
export async function downloadReceipt(visit: RequestVisit): Promise<Outcome> {
  const { receipt, round } = await receiptOf(visit);
  const bytes = new TextEncoder().encode(receipt.text);
  return { download: { name: receiptName(visit.request, round), type: 'application/json', bytes } };
}

async function receiptOf({ kept, request, query, here }: RequestVisit): Promise<{ receipt: Receipt; round: number }> {
  const round = pageOf(query.round);
  const receipt = await kept.requests.receipt(request._id, round);
  if (receipt) return { receipt, round };
  throw new KeptError('RECEIPT_NOT_FOUND', 'There is no receipt yet', {
    place: here,
    remedy: 'It is written when the erasure is done.',
  });
}
