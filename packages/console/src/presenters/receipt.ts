import type { Kept, StoredRequest } from '../kept.ts';
import type { Desk } from './desk.ts';
import { RIGHT_LABEL } from './words.ts';

export interface ReceiptModel {
  readonly id: string;
  readonly download: string;
  readonly right: string;
  readonly file: string;
  readonly text: string;
  readonly keyId: string;
  readonly when: ReturnType<Desk['when']> | undefined;
}

/** The signed text, and the same read. */
export type Receipt = NonNullable<Awaited<ReturnType<Kept['requests']['receipt']>>>;

/** One button a receipt: an erasure that went on after a hold has one for each of its rounds. */
export interface ReceiptLink {
  readonly label: string;
  readonly href: string;
}

/** `newest` says whether the latest round has its receipt already; the earlier ones do. */
export function presentReceiptLinks({ _id, round = 1 }: StoredRequest, newest: boolean): ReceiptLink[] {
  return Array.from({ length: newest ? round : round - 1 }, (_, index) => ({
    label: index === 0 ? 'Signed receipt' : `Signed receipt ${index + 1}`,
    href: `/requests/${_id}/receipt${round === 1 ? '' : `?round=${index + 1}`}`,
  }));
}

export function presentReceipt(request: StoredRequest, receipt: Receipt, round: number, desk: Desk): ReceiptModel {
  return {
    id: request._id,
    download: `/requests/${request._id}/receipt.json${round === 1 ? '' : `?round=${round}`}`,
    right: RIGHT_LABEL[request.right],
    file: receiptName(request, round),
    text: indented(receipt.text),
    keyId: receipt.document.signature.keyId,
    when:
      round === (request.round ?? 1) && 'closedAt' in request && request.closedAt
        ? desk.when(request.closedAt)
        : undefined,
  };
}

/** The file name under which the receipt is downloaded. */
export function receiptName(request: StoredRequest, round: number): string {
  return `receipt-${request._id.replace(/[^\w-]/g, '')}${round === 1 ? '' : `-${round}`}.json`;
}

/** For reading only: what is verified are the bytes of the download. */
function indented(text: string): string {
  return JSON.stringify(JSON.parse(text), null, 2);
}
