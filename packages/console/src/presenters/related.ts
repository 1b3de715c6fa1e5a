import type { CopyBefore, StoredRequest } from '../kept.ts';
import type { Desk } from './desk.ts';
import { presentRequestCard } from './requestCard.ts';

/** Another request that this one has to do with. */
export interface RelatedRequest {
  readonly label: string;
  readonly href: string;
}

/** `others` came up in the same conversation, such as an access request that goes before an erasure. */
export function presentRelated(
  request: StoredRequest,
  { others, copy }: { readonly others: readonly StoredRequest[]; readonly copy: CopyBefore | undefined },
  desk: Desk,
): RelatedRequest[] {
  const { contests, reopens } = request;
  const to = (label: string, id: string | undefined): RelatedRequest[] =>
    id === undefined ? [] : [{ label, href: `/requests/${encodeURIComponent(id)}` }];
  const named = [
    ...to('The earlier request, which answers this one', request.status === 'linked' ? request.of : undefined),
    ...to('The copy that goes before this erasure', copy?.request),
    ...to('The request that this is about', contests),
    ...to('The request that is taken up anew here', reopens),
  ];
  const beside = others
    .filter(({ _id }) => _id !== request._id)
    .map((each) => presentRequestCard(each, desk))
    .flatMap(({ id, right, status }) => to(`${right}: ${status.text.toLowerCase()}`, id));
  return [...named, ...beside.filter(({ href }) => !named.some((each) => each.href === href))];
}
