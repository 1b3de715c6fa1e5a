import type { Recognition } from '../kernel/classify/classify.ts';
import type { ConsentEvent, ObjectionEvent, PlanLine } from '../kernel/decision.ts';
import type { RightsRequest } from '../kernel/request/rightsRequest.ts';
import type { Identifiers } from './ports/personalDataSource.ts';
import type { Residue } from './ports/residue.ts';
import type { Rehearsal } from './rights/rehearsal/rehearse.ts';
import type { CaseFields } from './storedCase.ts';
import type { ChoiceFields } from './storedChoice.ts';

export type { EvidenceDetails, EvidenceEntry } from './evidence/evidenceEntry.ts';
export type { FileLeft, FileRef, Unit } from './removal/unit.ts';
export type { Run, SweepCount } from './retention/run.ts';

/** What every document of Kept carries. */
export interface Stored {
  readonly _id: string;
  readonly service: string;
  /** Version of the document's shape, for migrations. */
  readonly schema: number;
  /** Counts writes; a write against an older version is refused, so it also fences off a late worker. */
  readonly version: number;
  readonly lease?: { readonly holder: string; readonly until: Date };
  /** Events not yet in the evidence chain; written together with the change that they tell of. */
  readonly pending: readonly PendingEvent[];
}

export interface PendingEvent {
  readonly id: string;
  readonly at: Date;
  readonly type: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** A rights request, with what only the engine needs to know. */
export type StoredRequest = Stored &
  RightsRequest &
  CaseFields &
  ChoiceFields & {
    readonly ticket: string;
    /** Where letters to the requester go; never shown to anybody but staff. */
    readonly requester: { readonly address: string; readonly name?: string };
    /** Whose data it is about, before that is verified; absent while nobody is found. */
    readonly about?: { readonly subject: string; readonly address: string };
    readonly language: string;
    /** A machine wrote it: it counts all the same, and ours does not answer by itself. */
    readonly automatic?: boolean;
    /** Ticket and kept identifiers know whose case it is, since the identity was confirmed. */
    readonly linked?: boolean;
    /** The requester was told of the extension. */
    readonly extensionTold?: boolean;
    /** The date that timers use, YYYY-MM-DD in the controller's zone. */
    readonly dueOn: string;
    readonly reminded: readonly string[];
    /** What its executor does before anybody decides was done. */
    readonly begun?: boolean;
    /** Opened by staff to see what would happen: it is carried out by saying so, and its letters go to them. */
    readonly test?: boolean;
    readonly rehearsal?: Rehearsal;
    /** What was asked for lies ready and can be fetched until `by`; `at`: it was fetched. */
    readonly handedOver?: { readonly by: Date; readonly at?: Date };
    /** When the host ended the sessions and keys of somebody who is being erased. */
    readonly revokedAt?: Date;
    /** Captured before anything is erased, for the second look; gone when that finds nothing, staff leave it, or after 90 days. */
    readonly captured?: Identifiers;
    /** When staff were told that it is forgotten soon. */
    readonly capturedReminded?: Date;
    /** How far the second look of a run has come, from when it began on; places, and nothing that stands there. */
    readonly look?: { readonly since: Date; readonly soFar: Residue };
    /** What became of each line of the plan, once the run has ended. */
    readonly carriedOut?: readonly CarriedLine[];
    readonly residue?: {
      readonly lookedAt: Date;
      readonly found: number;
      readonly rounds: number;
      readonly looked?: Residue['looked'];
      readonly notLooked?: Residue['notLooked'];
    };
  };

/** A line of the plan, as it came out: `count` is what was found, `done` of them are gone or cut loose; `files` are gone. */
export type CarriedLine = PlanLine & { readonly done: number; readonly filesLeft?: number };

export interface Ticket extends Stored {
  /** Short name for people, such as K-7F3A2C. */
  readonly number: string;
  readonly kind: 'inquiry' | 'rights' | 'unreadable';
  /** It goes before all others, whatever their dates. */
  readonly priority?: 'child-report' | 'pictured-report' | 'upheld';
  readonly status: 'open' | 'waiting' | 'closed';
  readonly channel: 'mail' | 'app';
  readonly subjectLine: string;
  readonly from: { readonly address: string; readonly name?: string };
  readonly language: string;
  readonly receivedAt: Date;
  readonly dueOn: string;
  readonly requests: readonly string[];
  readonly recognition?: Recognition;
  readonly assignee?: string;
  /** Key of the data subject, once verified. */
  readonly subject?: string;
  /** Its person opened it signed in, and reads and writes it there. */
  readonly inApp?: true;
  /** Carries a test request of a staff member: it stands in no queue, and nobody is reminded of it. */
  readonly test?: true;
  readonly reminded: readonly string[];
  readonly acknowledgedAt?: Date;
  readonly closedAt?: Date;
}

export interface Message extends Stored {
  readonly ticket: string;
  readonly direction: 'in' | 'out' | 'note';
  readonly at: Date;
  readonly from: string;
  readonly text: string;
  readonly mail?: string;
  readonly outbox?: string;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly size: number }[];
}

export interface StoredMail extends Stored {
  readonly mailbox: string;
  /** Normalised Message-ID, or one made of the raw bytes where it is missing. Unique per mailbox together with `sha256`. */
  readonly messageKey: string;
  readonly sha256: string;
  readonly receivedAt: Date;
  readonly size: number;
  readonly state: 'stored' | 'read' | 'unreadable';
  readonly attempts: number;
  readonly why?: string;
  /** AES-256-GCM under a key of its own; unreadable once that key is destroyed. */
  readonly sealed: Uint8Array;
  readonly keyId: string;
  readonly ticket?: string;
}

export interface OutboxLetter extends Stored {
  /** Unique: the same letter for the same occasion is put in the outbox once. */
  readonly occasion: string;
  /** Fixed before the first attempt and never changed. */
  readonly messageId: string;
  readonly inReplyTo?: string;
  readonly to: string;
  readonly letter: string;
  readonly subjectLine: string;
  readonly text: string;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly content: string }[];
  /** The challenge whose one-time link is put in when the letter leaves; what is stored holds none. */
  readonly confirms?: { readonly request: string; readonly challenge: number };
  /** The notice whose link is put in, in the same way. */
  readonly tells?: string;
  readonly automatic: boolean;
  /** `dropped`: it was not sent, since its link would have opened nothing any more. */
  readonly state: 'queued' | 'sending' | 'sent' | 'failed' | 'dropped';
  readonly queuedAt: Date;
  readonly attempts: number;
  readonly nextAttemptAt: Date;
  readonly sentAt?: Date;
  /** An attempt ended without an answer: it was sent again under the same Message-ID. */
  readonly outcomeUnknown: boolean;
  readonly lastError?: string;
  readonly ticket?: string;
  readonly request?: string;
}

export interface ConsentRecord extends Stored {
  readonly subject: string;
  readonly events: readonly (ConsentEvent & { readonly source: string })[];
}

export interface ObjectionRecord extends Stored {
  readonly subject: string;
  readonly events: readonly ObjectionEvent[];
}

export interface Identifier extends Stored {
  readonly subject: string;
  readonly kind: 'email';
  readonly value: string;
  readonly verifiedAt: Date;
  readonly until?: Date;
}

export interface StoredHold extends Stored {
  readonly kind: 'legal' | 'restriction' | 'access-open';
  readonly subject?: string;
  readonly collection?: string;
  readonly ground: string;
  /** The request that decides about it: what it may end in, this hold does not stop. */
  readonly report?: string;
  readonly from: Date;
  readonly until?: Date;
  /** A restriction that is to end, once the person was told of it; `told` says how, where that was not by our letter. */
  readonly lifting?: { readonly by: string; readonly since: Date; readonly told?: string; readonly toldAt?: Date };
  /** That it ended has its signed receipt. */
  readonly signed?: true;
}

export interface Finding extends Stored {
  readonly code: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly text: string;
  readonly place: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly times: number;
  readonly resolvedAt?: Date;
}

export interface StoredReceipt extends Stored {
  /** The request, or the run of it that this one tells of. */
  readonly request: string;
  readonly at: Date;
  /** The signed document, in its canonical form. */
  readonly text: string;
}

export interface StaffMember extends Stored {
  readonly email: string;
  readonly name: string;
  readonly role: 'agent' | 'lead';
  readonly password: string;
  /** Absent for accounts from before this was written down. */
  readonly addedAt?: Date;
  readonly lastSeenAt?: Date;
  /** When a colleague last looked whether the account still needs its access. */
  readonly reviewed?: { readonly at: Date; readonly by: string };
  readonly disabledAt?: Date;
}

export interface StaffSession extends Stored {
  readonly staff: string;
  readonly csrf: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}
