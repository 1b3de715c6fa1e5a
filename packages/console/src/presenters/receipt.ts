import type { Kept, StoredRequest } from '../kept.ts';
import type { Desk } from './desk.ts';
import { RIGHT_LABEL } from './words.ts';

export interface ReceiptModel {
  readonly id: string;
  readonly right: string;
  readonly file: string;
  readonly text: string;
  readonly keyId: string;
  readonly when: ReturnType<Desk['when']> | undefined;
}

/** The signed text, and the same read. */
export type Receipt = NonNullable<Awaited<ReturnType<Kept['requests']['receipt']>>>;

export function presentReceipt(request: StoredRequest, receipt: Receipt, desk: Desk): ReceiptModel {
  return {
    id: request._id,
    right: RIGHT_LABEL[request.right],
    file: receiptName(request),
    text: indented(receipt.text),
    keyId: receipt.document.signature.keyId,
    when: 'closedAt' in request && request.closedAt ? desk.when(request.closedAt) : undefined,
  };
}

/** The file name under which the receipt is downloaded. */
export function receiptName(request: StoredRequest): string {
  return `receipt-${request._id.replace(/[^\w-]/g, '')}.json`;
}

/** For reading only: what is verified are the bytes of the download. */
function indented(text: string): string {
  return JSON.stringify(JSON.parse(text), null, 2);
}
