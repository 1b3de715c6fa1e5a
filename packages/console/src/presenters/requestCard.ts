import { type StoredRequest, wayOf } from '../kept.ts';
import { type Chip, chip, type Tone } from './chip.ts';
import type { Desk } from './desk.ts';
import { requestDue } from './due.ts';
import { byEngine } from './steps.ts';
import { REPORT_LABEL, RIGHT_LABEL, STATUS_LABEL } from './words.ts';

/** A rights request in one line: on the queue and beside its ticket. */
export interface RequestCard {
  readonly id: string;
  readonly right: string;
  /** Opened by staff to see what would happen. */
  readonly test: Chip | undefined;
  readonly status: Chip;
  readonly due: Chip;
}

export function presentRequestCard(request: StoredRequest, desk: Desk): RequestCard {
  return {
    id: request._id,
    right: request.report ? REPORT_LABEL[request.report] : RIGHT_LABEL[request.right],
    test: request.test ? TEST : undefined,
    status: statusChip(request, desk),
    due: requestDue(request, desk),
  };
}

/** So that nobody takes it for the request of a person. */
export const TEST: Chip = chip('soon', 'flag', 'TEST', 'A test of a colleague: nothing of the person changes');

const LOOK: Readonly<Record<StoredRequest['status'], readonly [Tone, string]>> = {
  received: ['quiet', 'hourglass'],
  verified: ['info', 'person'],
  previewed: ['info', 'list'],
  proposed: ['info', 'eyes'],
  approved: ['info', 'check'],
  decided: ['info', 'check'],
  running: ['info', 'run'],
  fulfilled: ['met', 'check'],
  'partly-fulfilled': ['overdue', 'alert'],
  answered: ['met', 'check'],
  refused: ['quiet', 'cross'],
  linked: ['quiet', 'check'],
  withdrawn: ['quiet', 'cross'],
};

function statusChip(request: StoredRequest, { kept }: Desk): Chip {
  const { status } = request;
  // Once it is clear who asks, what staff have to do says more than that it is.
  if (status === 'verified' && !byEngine(request, kept)) return chip('info', 'note', 'To be answered');
  if (status === 'verified' && wayOf(request) === 'decided') return chip('info', 'eyes', 'To be weighed');
  const [tone, icon] = LOOK[status];
  return chip(tone, icon, STATUS_LABEL[status]);
}
