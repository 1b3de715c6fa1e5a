import { KeptError } from '../kept.ts';
import { openDesk } from '../presenters/desk.ts';
import { deliveryOf, endOf, presentReceipt, receiptOf, type SignedPaper } from '../presenters/receipt.ts';
import type { Outcome, RequestVisit } from '../visit.ts';
import { pageOf } from './pageOf.ts';
import { restrictionOf } from './requestRestrictions.ts';

/** The signed receipt, to read, and how to verify it without us. */
export async function showReceipt(visit: RequestVisit): Promise<Outcome> {
  return show(visit, await resultOf(visit));
}

/** The very bytes that were signed. */
export async function downloadReceipt(visit: RequestVisit): Promise<Outcome> {
  return download(await resultOf(visit));
}

/** The same of a package: that all of it was fetched. */
export async function showDelivery(visit: RequestVisit): Promise<Outcome> {
  return show(visit, await fetchedOf(visit));
}

export async function downloadDelivery(visit: RequestVisit): Promise<Outcome> {
  return download(await fetchedOf(visit));
}

/** The same of a restriction: that it has ended. */
export async function showEnd(visit: RequestVisit): Promise<Outcome> {
  return show(visit, await endedOf(visit));
}

export async function downloadEnd(visit: RequestVisit): Promise<Outcome> {
  return download(await endedOf(visit));
}

async function show(visit: RequestVisit, paper: SignedPaper): Promise<Outcome> {
  return { view: 'receipt', title: paper.title, model: presentReceipt(visit.request, paper, await openDesk(visit)) };
}

function download({ file, text }: SignedPaper): Outcome {
  return { download: { name: file, type: 'application/json', bytes: new TextEncoder().encode(text) } };
}

async function resultOf({ kept, request, query, here }: RequestVisit): Promise<SignedPaper> {
  const round = pageOf(query.round);
  const receipt = await kept.requests.receipt(request._id, round);
  if (receipt) return receiptOf(request, receipt.text, round);
  throw absent(here, 'It is written when the request was carried out.');
}

async function fetchedOf({ kept, request, here }: RequestVisit): Promise<SignedPaper> {
  const made = await kept.packages.ofRequest(request._id);
  const own = made && 'subject' in request ? { subject: request.subject, id: made.id } : undefined;
  const text = own && (await kept.packages.receipt(own));
  if (text) return deliveryOf(request, text, made?.deliveredAt);
  throw absent(here, 'It is written once every part of the package was fetched.');
}

async function endedOf(visit: RequestVisit): Promise<SignedPaper> {
  const ended = await restrictionOf(visit);
  const receipt = await visit.kept.restrictions.receipt(ended._id);
  if (receipt) return endOf(visit.request, receipt.text, ended);
  throw absent(visit.here, 'It is written once the restriction has ended.');
}

function absent(place: string, remedy: string): KeptError {
  return new KeptError('RECEIPT_NOT_FOUND', 'There is no receipt yet', { place, remedy });
}
