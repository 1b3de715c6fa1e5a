import type { Kept, RequestStatus, StoredRequest } from '../kept.ts';
import { isAddressSubject, isClosed, wayOf } from '../kept.ts';
import type { When } from './dates.ts';
import type { Desk } from './desk.ts';

export interface Step {
  readonly label: string;
  readonly state: 'done' | 'current' | 'ahead' | 'stopped';
  readonly current: boolean;
  readonly stateText: string;
  readonly icon: string;
  readonly at: When | undefined;
  readonly note: string;
}

interface Reached {
  readonly label: string;
  readonly at: Date | undefined;
  readonly note: string;
}

/** Whether the engine carries this right out itself, or staff do by hand. */
export function byEngine(request: StoredRequest, kept: Kept): boolean {
  if (request.test || request.report === 'pictured') return true;
  // Of somebody who is in no record there is nothing for staff to carry out.
  if ('subject' in request && isAddressSubject(request.subject) && wayOf(request) === 'direct') return true;
  const rule = kept.policy.rights.find(({ right }) => right === request.right);
  return rule?.executor !== 'staff';
}

/** The road of a request: what is done, when and by whom, what is next, and what lies ahead. */
export function presentSteps(request: StoredRequest, desk: Desk): Step[] {
  const road = [
    received(request),
    identity(request),
    ...workRoad(request, desk),
    {
      label: 'Reply',
      at: request.answerSentAt,
      note: replyNote(request),
    },
  ];
  const next = road.findIndex(({ at }) => at === undefined);
  const ended = ENDED[request.status];
  return road.map(({ label, at, note }, index) => {
    const stopped = ended !== undefined && at === undefined && label !== 'Reply';
    const state = at
      ? 'done'
      : stopped
        ? 'stopped'
        : index === next || (ended && label === 'Reply')
          ? 'current'
          : 'ahead';
    return {
      label,
      state,
      current: state === 'current',
      ...LOOK[state],
      at: at && desk.when(at),
      note: stopped ? ended : note,
    };
  });
}

function replyNote({ answerSentAt, test }: StoredRequest): string {
  if (answerSentAt) return 'The result was sent';
  return test ? 'Whoever opened the test is told' : 'The person is told';
}

/** What a request that ended before it was carried out never reached. */
const ENDED: Partial<Readonly<Record<RequestStatus, string>>> = {
  refused: 'Refused before this',
  linked: 'The earlier request does it',
  withdrawn: 'Taken back before this',
};

const LOOK = {
  done: { stateText: 'Done', icon: 'check' },
  current: { stateText: 'Next', icon: 'now' },
  ahead: { stateText: 'Later', icon: 'later' },
  stopped: { stateText: 'Not done', icon: 'cross' },
} as const;

function received(request: StoredRequest): Reached {
  const how = { mail: 'By mail', app: 'In the app', staff: 'Opened by staff' }[request.channel];
  return { label: 'Received', at: request.receivedAt, note: request.acknowledgedAt ? `${how}, acknowledged` : how };
}

function identity(request: StoredRequest): Reached {
  if ('identity' in request && request.identity) {
    const how = {
      link: 'By one-time link',
      account: 'By the signed-in account',
      staff: 'By staff',
      mandate: 'By a mandate that staff saw',
      report: 'By a report',
      writer: 'By whoever wrote',
      address: 'By the registered address that wrote',
    };
    return { label: 'Identity', at: request.identity.at, note: how[request.identity.how] };
  }
  if (request.report)
    return { label: 'Account', at: undefined, note: 'Somebody says whose it is; its holder is not asked' };
  const { challenge } = request;
  const sent = challenge
    ? `One-time link ${challenge.number} was sent`
    : 'A one-time link goes to the registered address';
  return { label: 'Identity', at: undefined, note: request.about ? sent : 'No account found under this address yet' };
}

function workRoad(request: StoredRequest, desk: Desk): Reached[] {
  if (!byEngine(request, desk.kept)) return [answered(request, desk)];
  const way = wayOf(request);
  if (way === 'approved') return erasureRoad(request, desk);
  const decision = 'decision' in request ? request.decision : undefined;
  const decided: Reached = {
    label: 'Decision',
    at: decision?.at,
    note: decision ? `By ${desk.nameOf(decision.by)}` : 'Staff weigh it',
  };
  const ran = request.status === 'fulfilled' || request.status === 'partly-fulfilled';
  const run = { label: 'Run', at: ran ? request.closedAt : undefined, note: 'Carried out by itself' };
  return way === 'decided' ? [decided, run] : [run];
}

function erasureRoad(request: StoredRequest, desk: Desk): Reached[] {
  const { preview, proposal, approval, startedAt } = reached(request);
  const signed = (by: string | undefined, ahead: string): string =>
    by === undefined ? ahead : `By ${desk.nameOf(by)}`;
  const ran = request.status === 'fulfilled' || request.status === 'partly-fulfilled';
  return [
    { label: 'Preview', at: preview?.at, note: 'What would be erased, detached and kept' },
    { label: 'Proposal', at: proposal?.at, note: signed(proposal?.by, 'Somebody proposes exactly this preview') },
    { label: 'Approval', at: approval?.at, note: signed(approval?.by, 'A second person approves it') },
    { label: 'Run', at: ran ? request.closedAt : undefined, note: runNote(request, startedAt, desk) },
  ];
}

/** Fields of earlier states may linger in a stored document; only the status says which of them count. */
function reached(request: StoredRequest): {
  preview?: { at: Date };
  proposal?: { by: string; at: Date };
  approval?: { by: string; at: Date };
  startedAt?: Date;
} {
  const { status } = request;
  if (status === 'previewed') return { preview: request.preview };
  // That something was counted stays true, whatever was decided then.
  if (status === 'refused' || status === 'withdrawn') {
    const { preview } = request as ReturnType<typeof reached>;
    return preview ? { preview } : {};
  }
  if (status === 'proposed') return { preview: request.preview, proposal: request.proposal };
  const approved = ['approved', 'running', 'fulfilled', 'partly-fulfilled'] satisfies RequestStatus[];
  return (approved as string[]).includes(status) ? (request as ReturnType<typeof reached>) : {};
}

function runNote(request: StoredRequest, startedAt: Date | undefined, desk: Desk): string {
  if (request.status === 'partly-fulfilled') return 'Not everything';
  const { residue } = request;
  if (residue && isClosed(request)) {
    return residue.found === 0 ? 'Looked again: nothing is left' : `Looked again: ${residue.found} left`;
  }
  if (startedAt && request.status === 'running') return `Since ${desk.when(startedAt).text}`;
  return 'Erases, then looks again for what is left';
}

function answered(request: StoredRequest, desk: Desk): Reached {
  return request.status === 'answered'
    ? { label: 'Answer', at: request.closedAt, note: `By ${desk.nameOf(request.answeredBy)}` }
    : { label: 'Answer', at: undefined, note: 'Staff carry it out by hand' };
}
