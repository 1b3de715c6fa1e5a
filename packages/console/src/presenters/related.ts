import type { StoredRequest } from '../kept.ts';

/** Another request that this one has to do with. */
export interface RelatedRequest {
  readonly label: string;
  readonly href: string;
}

export function presentRelated(request: StoredRequest): RelatedRequest[] {
  const { contests, reopens } = request;
  const to = (label: string, id: string | undefined): RelatedRequest[] =>
    id === undefined ? [] : [{ label, href: `/requests/${encodeURIComponent(id)}` }];
  return [
    ...to('The earlier request, which answers this one', request.status === 'linked' ? request.of : undefined),
    ...to('The request that this is about', contests),
    ...to('The request that is taken up anew here', reopens),
  ];
}
