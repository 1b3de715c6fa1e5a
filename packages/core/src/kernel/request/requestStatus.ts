import type { RequestStatus } from './rightsRequest.ts';

/** Total by type: a new status must say whether something is still to be decided or done in it. */
const stage: Readonly<Record<RequestStatus, 'open' | 'closed'>> = {
  received: 'open',
  verified: 'open',
  previewed: 'open',
  proposed: 'open',
  approved: 'open',
  decided: 'open',
  running: 'open',
  fulfilled: 'closed',
  'partly-fulfilled': 'closed',
  answered: 'closed',
  refused: 'closed',
  linked: 'closed',
  withdrawn: 'closed',
};

const statuses = Object.keys(stage) as RequestStatus[];
export const OPEN_STATUSES: readonly RequestStatus[] = statuses.filter((status) => stage[status] === 'open');
export const CLOSED_STATUSES: readonly RequestStatus[] = statuses.filter((status) => stage[status] === 'closed');

/** Whether nothing more is to be decided. */
export function isClosed({ status }: { readonly status: RequestStatus }): boolean {
  return stage[status] === 'closed';
}
