import type { Right } from '../decision.ts';
import type { RightDecision } from './rightDecision.ts';
import type { Granted, Identified, Preview, Refusal, Signature } from './rightsRequest.ts';

/** What happened to a rights request, in the past tense: the evidence reads as its history. */
export type RequestEvent =
  | {
      type: 'RightsRequestReceived';
      at: Date;
      right: Right;
      regime: string;
      residence?: string;
      channel: 'mail' | 'app' | 'staff';
      receivedAt: Date;
    }
  | { type: 'RightsRequestAcknowledged'; at: Date }
  | { type: 'LawOfResidenceChanged'; at: Date; regime: string; residence?: string; by?: string }
  | { type: 'IdentityChallenged'; at: Date; number: number; expiresAt: Date; by?: string }
  | { type: 'IdentityConfirmed'; at: Date; subject: string; how: Identified }
  | { type: 'ErasurePreviewed'; at: Date; preview: Preview; by: string }
  | { type: 'ErasureProposed'; at: Date; proposal: Signature }
  | { type: 'ErasureApproved'; at: Date; approval: Signature }
  | { type: 'ErasureStarted'; at: Date }
  | { type: 'RightsRequestDecided'; at: Date; by: string; decision: RightDecision }
  | { type: 'RightsRequestStarted'; at: Date }
  | { type: 'RightsRequestFulfilled'; at: Date }
  | { type: 'RightsRequestPartlyFulfilled'; at: Date; missing: readonly string[] }
  | { type: 'ErasureResumed'; at: Date; round: number }
  | { type: 'ErasureCompleted'; at: Date; round: number }
  | { type: 'RightsRequestAnswered'; at: Date; by: string }
  | { type: 'RightsRequestRefused'; at: Date; refusal: Refusal }
  | { type: 'RightsRequestLinked'; at: Date; of: string }
  | { type: 'RightsRequestWithdrawn'; at: Date; by: string }
  | ({ type: 'RightsRequestExtended'; at: Date } & Granted)
  | { type: 'AnswerSent'; at: Date };

/** What somebody wants done, in the imperative. */
export type RequestCommand =
  | { type: 'Acknowledge' }
  | { type: 'FollowLaw'; regime: string; residence?: string; by?: string }
  | { type: 'Challenge'; expiresAt: Date; by?: string }
  | { type: 'ConfirmIdentity'; subject: string; how: Identified }
  | { type: 'Preview'; preview: Preview; by: string }
  | { type: 'Propose'; by: string; hash: string }
  | { type: 'Approve'; by: string; hash: string }
  | { type: 'Decide'; by: string; decision: RightDecision }
  | { type: 'Start' }
  | { type: 'Fulfil'; missing: readonly string[] }
  | { type: 'Resume' }
  | { type: 'Complete' }
  | { type: 'Answer'; by: string }
  | { type: 'Link'; of: string }
  | { type: 'Withdraw'; by: string }
  | { type: 'Refuse'; refusal: Refusal }
  | ({ type: 'Extend' } & Granted)
  | { type: 'SendAnswer' };
