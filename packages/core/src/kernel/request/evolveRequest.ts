import type { RequestEvent } from './requestEvent.ts';
import type { Approved, Proposed, RightsRequest, Verified } from './rightsRequest.ts';

/**
 * The request after an event. Fields that belong to other states of the document stay untouched;
 * a new preview drops the proposal and the approval that were given to the old one.
 */
export function evolveRequest<T extends RightsRequest>(state: T, event: RequestEvent): T {
  return { ...state, ...change(state, event) } as T;
}

function change(state: RightsRequest, event: RequestEvent): Partial<Record<string, unknown>> {
  switch (event.type) {
    case 'RightsRequestReceived':
      return {
        status: 'received',
        right: event.right,
        regime: event.regime,
        ...(event.residence !== undefined && { residence: event.residence }),
        channel: event.channel,
        receivedAt: event.receivedAt,
      };
    case 'LawOfResidenceChanged':
      return { regime: event.regime, residence: event.residence };
    case 'RightsRequestAcknowledged':
      return { acknowledgedAt: event.at };
    case 'IdentityChallenged':
      return { challenge: { number: event.number, at: event.at, expiresAt: event.expiresAt } };
    case 'IdentityConfirmed':
      return {
        status: 'verified',
        subject: event.subject,
        identity: { how: event.how, at: event.at },
      } satisfies Verified & { status: string };
    case 'ErasurePreviewed':
      return { status: 'previewed', preview: event.preview, proposal: undefined, approval: undefined };
    case 'ErasureProposed':
      return { status: 'proposed', proposal: event.proposal } satisfies Partial<Proposed> & { status: string };
    case 'ErasureApproved':
      return { status: 'approved', approval: event.approval } satisfies Partial<Approved> & { status: string };
    case 'RightsRequestDecided':
      return { status: 'decided', decision: { ...event.decision, by: event.by, at: event.at } };
    case 'ErasureStarted':
    case 'RightsRequestStarted':
      return { status: 'running', startedAt: event.at };
    case 'RightsRequestFulfilled':
      return { status: 'fulfilled', closedAt: event.at };
    case 'RightsRequestPartlyFulfilled':
      return { status: 'partly-fulfilled', closedAt: event.at, missing: event.missing };
    case 'ErasureResumed':
      return {
        status: 'verified',
        round: event.round,
        resumedAt: event.at,
        preview: undefined,
        proposal: undefined,
        approval: undefined,
        startedAt: undefined,
        closedAt: undefined,
        missing: undefined,
        extension: undefined,
        answerSentAt: undefined,
      };
    case 'ErasureCompleted':
      return {
        status: 'fulfilled',
        round: event.round,
        closedAt: event.at,
        missing: undefined,
        answerSentAt: undefined,
      };
    case 'RightsRequestAnswered':
      return { status: 'answered', closedAt: event.at, answeredBy: event.by };
    case 'RightsRequestLinked':
      return { status: 'linked', closedAt: event.at, of: event.of };
    case 'RightsRequestWithdrawn':
      return { status: 'withdrawn', closedAt: event.at, withdrawnBy: event.by };
    case 'RightsRequestRefused':
      return { status: 'refused', closedAt: event.at, refusal: event.refusal };
    case 'RightsRequestExtended': {
      const { type: _, at, ...extension } = event;
      return { extension };
    }
    case 'AnswerSent':
      return { answerSentAt: event.at };
    default:
      return unreachable(event, state);
  }
}

function unreachable(event: never, _state: RightsRequest): never {
  throw new TypeError(`Unknown event ${JSON.stringify(event)}`);
}
