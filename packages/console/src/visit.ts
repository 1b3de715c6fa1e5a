import type { Can } from './abilities.ts';
import type {
  DisclosureProposal,
  Finding,
  Kept,
  StaffMember,
  StaffSession,
  StoppedSweep,
  StoredMail,
  StoredRequest,
  SweepStop,
  Ticket,
} from './kept.ts';
import type { Pages } from './pages.ts';
import type { FlashCode } from './presenters/flash.ts';

/** One call of a page, freed of HTTP: everything that a handler may know. */
export interface Visit {
  readonly kept: Kept;
  /** Read once per visit. */
  readonly now: Date;
  readonly params: Readonly<Record<string, string>>;
  /** Only plain strings: repeated and nested parameters are left out. */
  readonly query: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
  /** Network address, for the brake on sign-ins. */
  readonly from: string;
  /** The address of this page below the mount, with its query. */
  readonly here: string;
}

export interface StaffVisit extends Visit {
  readonly staff: StaffMember;
  readonly session: StaffSession;
  readonly token: string;
  readonly can: Can;
}

export interface TicketVisit extends StaffVisit {
  readonly ticket: Ticket;
}

export interface RequestVisit extends StaffVisit {
  readonly request: StoredRequest;
}

export interface MailVisit extends StaffVisit {
  readonly mail: StoredMail;
}

export interface FindingVisit extends StaffVisit {
  readonly finding: Finding;
}

export interface StopVisit extends StaffVisit {
  readonly stopped: StoppedSweep & { readonly stop: SweepStop };
}

export interface DisclosureVisit extends StaffVisit {
  readonly proposal: DisclosureProposal;
}

/** What a handler answers; HTTP is made of it in `respond.ts` only. */
export type Outcome = PageOutcome | RedirectOutcome | DownloadOutcome;

export type PageOutcome = {
  [V in keyof Pages]: { readonly view: V; readonly title: string; readonly model: Pages[V]; readonly status?: number };
}[keyof Pages];

export interface RedirectOutcome {
  /** Path below the mount. */
  readonly redirect: string;
  /** What is said at the top of the next page. */
  readonly flash?: FlashCode;
  /** A session that begins here, or null where it ends. */
  readonly session?: { readonly token: string } | null;
}

export interface DownloadOutcome {
  readonly download: { readonly name: string; readonly type: string; readonly bytes: Uint8Array };
}

export type Handler<V extends Visit> = (visit: V) => Promise<Outcome> | Outcome;
