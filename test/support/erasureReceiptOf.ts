import type { ErasureReceipt, Kept } from '@kept/core';

/** What was signed of an erasure, the newest of its rounds; undefined where nothing was, or where it ended in another way. */
export async function erasureReceiptOf(kept: Pick<Kept, 'requests'>, id: string): Promise<ErasureReceipt | undefined> {
  const receipt = (await kept.requests.receipt(id))?.document.document;
  return receipt?.format === 'kept-receipt/1' ? receipt : undefined;
}
