import type { Right } from '../classify/right.ts';
import type { PlanLine } from '../decision.ts';
import type { Asks } from './asks.ts';
import type { DecisionTaken } from './rightDecision.ts';

/** A rights request as a union by status: what a state must know, its type demands. */
export type RightsRequest = Opened &
  (
    | { readonly status: 'received' }
    | (Verified & { readonly status: 'verified' })
    | (Previewed & { readonly status: 'previewed' })
    | (Proposed & { readonly status: 'proposed' })
    | (Approved & { readonly status: 'approved' })
    | (Decided & { readonly status: 'decided' })
    | (Ready & { readonly status: 'running'; readonly startedAt: Date })
    | (Ready & { readonly status: 'fulfilled'; readonly startedAt: Date; readonly closedAt: Date })
    | (Ready & {
        readonly status: 'partly-fulfilled';
        readonly startedAt: Date;
        readonly closedAt: Date;
        readonly missing: readonly string[];
      })
    | (Verified & { readonly status: 'answered'; readonly closedAt: Date; readonly answeredBy: string })
    | { readonly status: 'refused'; readonly closedAt: Date; readonly refusal: Refusal }
    | (Verified & { readonly status: 'linked'; readonly closedAt: Date; readonly of: string })
    | { readonly status: 'withdrawn'; readonly closedAt: Date; readonly withdrawnBy: string }
  );

export type RequestStatus = RightsRequest['status'];

export interface Opened {
  readonly right: Right;
  /** Regime id, such as `eu-gdpr`: the law of the place where the person lives. */
  readonly regime: string;
  /** ISO 3166 code of that place, such as `US-CA`; absent where it is not known. */
  readonly residence?: string;
  readonly channel: 'mail' | 'app' | 'staff';
  readonly receivedAt: Date;
  readonly acknowledgedAt?: Date;
  /** A one-time link went to the registered address; counts up when a new one is sent. */
  readonly challenge?: { readonly number: number; readonly at: Date; readonly expiresAt: Date };
  /** What exactly is asked for, as far as it was said. */
  readonly asks?: Asks;
  readonly extension?: Granted;
  readonly answerSentAt?: Date;
  /** Somebody else reports it, in nobody's name: staff decide, and the account's holder is not asked. */
  readonly report?: 'child' | 'pictured';
  /** Counts from 2 on, where an erasure goes on that a hold had stopped or a store had held up. */
  readonly round?: number;
  /** When it was reopened for that: its time runs anew from here. */
  readonly resumedAt?: Date;
}

/** An extension, told on a day; `until` where the law leaves its end to what the person was told. */
export interface Granted {
  readonly on: string;
  readonly until?: string;
  readonly by: string;
  readonly reason: string;
}

export interface Verified {
  /** Key of the data subject's record at the host, in its string form. */
  readonly subject: string;
  readonly identity: { readonly how: Identified; readonly at: Date };
}

/**
 * By a link at the registered address, the account, staff, or a document about a mandate. `report`: somebody else's word, on
 * which two people decide. `writer`: whoever wrote, of a complaint or an appeal, since nothing is handed out for it.
 * `address`: the registered address wrote, which is enough for what harms nobody.
 */
export type Identified = 'link' | 'account' | 'staff' | 'mandate' | 'report' | 'writer' | 'address';

export interface Previewed extends Verified {
  readonly preview: Preview;
}

export interface Preview {
  readonly at: Date;
  /** SHA-256 of the canonical lines: an approval is bound to it, and a change voids the approval. */
  readonly hash: string;
  readonly lines: readonly PlanLine[];
}

export interface Proposed extends Previewed {
  readonly proposal: Signature;
}

export interface Approved extends Proposed {
  readonly approval: Signature;
}

/** Weighed by a staff member, and not carried out yet. */
export interface Decided extends Verified {
  readonly decision: DecisionTaken;
}

/** What a run goes by: an approved preview, a decision, or the person's word alone. */
export type Ready = Verified & Partial<Pick<Approved, 'preview' | 'proposal' | 'approval'> & Pick<Decided, 'decision'>>;

/** A staff member's consent to exactly one preview. */
export interface Signature {
  readonly by: string;
  readonly at: Date;
  readonly hash: string;
}

export interface Refusal {
  readonly by: string;
  readonly article: string;
  readonly reason: string;
  /** Id of the ground in the law of the request; absent where the article stands for itself. */
  readonly ground?: string;
  /** The day on which the ground ends, YYYY-MM-DD, where that is known. */
  readonly until?: string;
}
