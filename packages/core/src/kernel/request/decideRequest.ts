import { KeptError } from '../keptError.ts';
import type { RequestCommand, RequestEvent } from './requestEvent.ts';
import { isClosed } from './requestStatus.ts';
import type { Preview, RequestStatus, RightsRequest } from './rightsRequest.ts';
import { type Way, wayOf } from './wayOf.ts';

/**
 * What follows from a command on a rights request: one event, or a refusal.
 * Commands that were carried out already answer with no event, so that repeating a step after a crash is harmless.
 * Throws REQUEST_CONFLICT (not in this state, not by this person) and REQUEST_CLOSED.
 */
export function decideRequest(command: RequestCommand, state: RightsRequest, now: Date): RequestEvent[] {
  switch (command.type) {
    case 'Acknowledge':
      return state.acknowledgedAt ? [] : [{ type: 'RightsRequestAcknowledged', at: now }];

    case 'FollowLaw': {
      demandOpen(state);
      const { type: _, ...law } = command;
      if (state.regime === law.regime && state.residence === law.residence) return [];
      return [{ type: 'LawOfResidenceChanged', at: now, ...law }];
    }

    case 'Challenge':
      demand(state.status === 'received', 'The identity is settled already', 'Look at the request again.');
      return [
        {
          type: 'IdentityChallenged',
          at: now,
          number: (state.challenge?.number ?? 0) + 1,
          expiresAt: command.expiresAt,
          ...(command.by === undefined ? {} : { by: command.by }),
        },
      ];

    case 'ConfirmIdentity':
      if (state.status !== 'received') return [];
      return [{ type: 'IdentityConfirmed', at: now, subject: command.subject, how: command.how }];

    case 'Preview':
      demand(
        state.status === 'verified' ||
          state.status === 'previewed' ||
          state.status === 'proposed' ||
          state.status === 'approved',
        'A preview needs a confirmed identity and a run that has not begun',
        'Wait for the confirmation, or look at the running request.',
      );
      return [{ type: 'ErasurePreviewed', at: now, preview: command.preview, by: command.by }];

    case 'Propose':
      demand(state.status === 'previewed', 'Only a fresh preview can be proposed', 'Make a preview, then propose it.');
      demandSame(state.preview, command.hash);
      return [{ type: 'ErasureProposed', at: now, proposal: { by: command.by, at: now, hash: command.hash } }];

    case 'Approve':
      demand(state.status === 'proposed', 'Nothing is proposed', 'Ask a colleague to propose the preview first.');
      demandSame(state.preview, command.hash);
      demand(
        state.proposal.by !== command.by,
        'The person who proposed cannot approve',
        'A second staff member must approve.',
      );
      return [{ type: 'ErasureApproved', at: now, approval: { by: command.by, at: now, hash: command.hash } }];

    case 'Decide':
      demand(wayOf(state) === 'decided', 'Nothing is to be weighed here', 'Look at what the request asks for.');
      demand(
        state.status === 'verified' || state.status === 'decided',
        'It is decided once it is clear whose data it is, and before it is carried out',
        'Wait for the confirmation, or look at the running request.',
      );
      demand(command.decision?.right === state.right, 'This decides on something else', 'Decide on this one.');
      return [{ type: 'RightsRequestDecided', at: now, by: command.by, decision: command.decision }];

    case 'Start':
      if (state.status === 'running') return [];
      demand(state.status === ready[wayOf(state)], 'It is not ready to be carried out', readyFirst[wayOf(state)]);
      return [{ type: wayOf(state) === 'approved' ? 'ErasureStarted' : 'RightsRequestStarted', at: now }];

    case 'Fulfil':
      demand(state.status === 'running', 'Only a running request can be fulfilled', 'Start it first.');
      return command.missing.length === 0
        ? [{ type: 'RightsRequestFulfilled', at: now }]
        : [{ type: 'RightsRequestPartlyFulfilled', at: now, missing: command.missing }];

    case 'Resume':
    case 'Complete':
      demand(
        state.status === 'partly-fulfilled' && state.answerSentAt !== undefined,
        'Only an erasure that ended in part goes on',
        'Look at the request again.',
      );
      return [
        {
          type: command.type === 'Resume' ? 'ErasureResumed' : 'ErasureCompleted',
          at: now,
          round: (state.round ?? 1) + 1,
        },
      ];

    case 'Answer':
      demand(
        state.status === 'verified' || (state.status === 'previewed' && state.right !== 'erasure'),
        'Only a confirmed request can be answered by hand',
        'Wait until the person has confirmed.',
      );
      demand(
        state.right !== 'erasure',
        'Erasure is carried out by the engine, not by hand',
        'Preview, propose, approve.',
      );
      return [{ type: 'RightsRequestAnswered', at: now, by: command.by }];

    case 'Link':
      if (state.status === 'linked') return [];
      demand(state.status === 'verified', 'It is clear of no one whose data it is', 'Wait for the confirmation.');
      return [{ type: 'RightsRequestLinked', at: now, of: command.of }];

    case 'Withdraw':
      if (state.status === 'withdrawn') return [];
      demandOpen(state);
      demand(state.status !== 'running', 'The run has begun', 'Let it end; it cannot be taken back now.');
      return [{ type: 'RightsRequestWithdrawn', at: now, by: command.by }];

    case 'Refuse':
      demandOpen(state);
      demand(state.status !== 'running', 'The run has begun', 'Let it end; a refusal is too late.');
      return [{ type: 'RightsRequestRefused', at: now, refusal: command.refusal }];

    case 'Extend': {
      demandOpen(state);
      demand(!state.extension, 'It was extended before', 'A statutory extension is granted once.');
      const { type: _, ...granted } = command;
      return [{ type: 'RightsRequestExtended', at: now, ...granted }];
    }

    case 'SendAnswer':
      return state.answerSentAt ? [] : [{ type: 'AnswerSent', at: now }];

    default:
      return unreachable(command);
  }
}

const ready: Readonly<Record<Way, RequestStatus>> = { approved: 'approved', decided: 'decided', direct: 'verified' };

const readyFirst: Readonly<Record<Way, string>> = {
  approved: 'Have it approved first.',
  decided: 'Decide on it first.',
  direct: 'Wait for the confirmation.',
};

function demandOpen(state: RightsRequest): void {
  if (isClosed(state)) {
    throw new KeptError('REQUEST_CLOSED', `The request is ${state.status} already`, {
      place: 'rights request',
      remedy: 'Open a new request if something is left to do.',
    });
  }
}

function demand(holds: boolean, message: string, remedy: string): asserts holds {
  if (!holds) throw new KeptError('REQUEST_CONFLICT', message, { place: 'rights request', remedy });
}

function demandSame(preview: Preview, hash: string): void {
  demand(preview.hash === hash, 'The preview has changed since', 'Look at the new preview and decide on that.');
}

function unreachable(command: never): never {
  throw new KeptError('REQUEST_INVALID', 'Unknown command', {
    place: String((command as { type?: string })?.type),
    remedy: 'Use a known command.',
  });
}
