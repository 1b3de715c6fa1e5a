import type { StoredHold, StoredRequest } from '../kept.ts';
import type { Desk } from './desk.ts';
import { RIGHT_LABEL } from './words.ts';

export interface ReceiptModel {
  readonly id: string;
  readonly title: string;
  readonly download: string;
  readonly right: string;
  readonly file: string;
  readonly text: string;
  readonly keyId: string;
  /** What happened, and when it did. */
  readonly what: string;
  readonly when: ReturnType<Desk['when']> | undefined;
}

/** A signed document about a request: its very text, and what it is called here. */
export interface SignedPaper {
  readonly text: string;
  readonly title: string;
  readonly file: string;
  readonly download: string;
  readonly what: string;
  readonly at: Date | undefined;
}

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

/** What the request came to, in one of its rounds. */
export function receiptOf(request: StoredRequest, text: string, round: number): SignedPaper {
  const isNewest = round === (request.round ?? 1);
  return {
    text,
    title: 'Receipt',
    file: fileName('receipt', request, round),
    download: `/requests/${request._id}/receipt.json${round === 1 ? '' : `?round=${round}`}`,
    what: 'Closed',
    at: isNewest && 'closedAt' in request ? request.closedAt : undefined,
  };
}

/** That a package was fetched. */
export function deliveryOf(request: StoredRequest, text: string, at: Date | undefined): SignedPaper {
  return {
    text,
    title: 'Receipt of delivery',
    file: fileName('delivery', request, 1),
    download: `/requests/${request._id}/delivery.json`,
    what: 'Fetched',
    at,
  };
}

/** That a restriction has ended. */
export function endOf(request: StoredRequest, text: string, { _id, until }: StoredHold): SignedPaper {
  return {
    text,
    title: 'Receipt of the end of a restriction',
    file: fileName('end', request, 1),
    download: `/requests/${request._id}/restrictions/${_id}/receipt.json`,
    what: 'Ended',
    at: until,
  };
}

export function presentReceipt(request: StoredRequest, paper: SignedPaper, desk: Desk): ReceiptModel {
  const { text, title, file, download, what, at } = paper;
  const read = JSON.parse(text);
  return {
    ...{ id: request._id, title, file, download, what },
    right: RIGHT_LABEL[request.right],
    // For reading only: what is verified are the bytes of the download.
    text: JSON.stringify(read, null, 2),
    keyId: read.signature.keyId,
    when: at && desk.when(at),
  };
}

function fileName(what: string, { _id }: StoredRequest, round: number): string {
  return `${what}-${_id.replace(/[^\w-]/g, '')}${round === 1 ? '' : `-${round}`}.json`;
}
