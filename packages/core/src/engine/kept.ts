import type { RequestHandler } from 'express';
import type { Decision, Facts, ObjectionEvent, Question } from '../kernel/decision.ts';
import type { Mode, Policy } from '../kernel/policy/policy.ts';
import type { Children } from './keptChildren.ts';
import type { CookieOptions, Restrictions, RouterOptions, Signals, Unsubscribe, Uses } from './keptChoices.ts';
import type { DisclosureProposals } from './keptDisclosures.ts';
import type { DisclosureLog, EgressGate, Occasion } from './keptEgress.ts';
import type { Figures } from './keptFigures.ts';
import type { Links } from './keptLinks.ts';
import type { MailIntake, Outbox, Tickets } from './keptMail.ts';
import type { Mandates } from './keptMandates.ts';
import type { Notifications } from './keptNotifications.ts';
import type { Packages } from './keptPackages.ts';
import type { Policies } from './keptPolicies.ts';
import type { Recipients } from './keptRecipients.ts';
import type { Content, Reports } from './keptReports.ts';
import type { Requests } from './keptRequests.ts';
import type { Retention } from './keptRetention.ts';
import type { Reviews } from './keptReviews.ts';
import type { Scan } from './keptScan.ts';
import type { Support } from './keptSupport.ts';
import type { Transfers } from './keptTransfer.ts';
import type { Views } from './keptViews.ts';
import type { Clock, FileStore } from './ports/edges.ts';
import type { ConsentRecord, EvidenceEntry, Finding, ObjectionRecord, StaffMember, StaffSession } from './stored.ts';

/** The engine, opened on a database: everything that a host, a job, the console or a command may ask of it. */
export interface Kept {
  readonly service: string;
  /** The version in force, as far as this process has heard. */
  readonly policy: Policy;
  readonly clock: Clock;
  /** Where the host mounted Kept's router, such as https://example.org/privacy, without a slash at the end. */
  readonly publicUrl: string;
  decide(question: SubjectQuestion): Promise<Decision>;
  readonly consents: Consents;
  readonly objections: Objections;
  readonly restrictions: Restrictions;
  readonly signals: Signals;
  readonly unsubscribe: Unsubscribe;
  readonly uses: Uses;
  readonly tickets: Tickets;
  /** The same conversations, as their people have them signed in. */
  readonly support: Support;
  readonly requests: Requests & Mandates;
  /** What people get who asked for their data. */
  readonly packages: Packages;
  readonly mail: MailIntake;
  readonly outbox: Outbox;
  readonly retention: Retention;
  readonly reminders: Reminders;
  readonly policies: Policies;
  readonly evidence: Evidence;
  readonly findings: Findings;
  readonly holds: Holds;
  /** What left and what was kept from leaving, and what two people have to sign for. */
  readonly disclosures: DisclosureLog & DisclosureProposals;
  /** The way out to a recipient, such as an AI model's provider. */
  egress(recipient: string, occasion: Occasion): EgressGate;
  readonly children: Children;
  readonly reports: Reports;
  readonly recipients: Recipients;
  readonly notifications: Notifications;
  readonly transfer: Transfers;
  readonly scan: Scan;
  readonly staff: Staff;
  readonly reviews: Reviews;
  readonly links: Links;
  readonly views: Views;
  readonly figures: Figures;
  /** Pages and API for the people themselves: consents, objections, requests, confirmation links. Mount it at `/privacy`. */
  router(options: RouterOptions): RequestHandler;
  /**
   * Holds back every cookie whose kind may not be set now, on each request anew, and ends those that the browser still has.
   * Mount it before all that sets cookies and after what `subjectOf` needs. `cookiesOf(req)` tells pages what may be set.
   * Throws COOKIES_INVALID for a kind that the policy does not name.
   */
  cookies(options: CookieOptions): RequestHandler;
  /** Does all that is due now, once: what the jobs do, in their order, but for the scan. For demos, tests and single-process hosts. */
  workOff(): Promise<void>;
}

/** A question about one person's data. */
export interface SubjectQuestion extends Question {
  readonly subject: string;
  /** What its owner chose for the content asked about, which only the host knows; absent: the policy's default. */
  readonly visibility?: Facts['visibility'];
  /** Which record it is about: one that shows somebody whose report is not decided yet counts as its owner's alone. */
  readonly content?: Content;
  /** When the data was collected; absent: under any version, so that each that still binds is asked. */
  readonly collected?: Date;
}

export interface Consents {
  give(subject: string, flag: string, source: string): Promise<ConsentRecord>;
  withdraw(subject: string, flag: string, source: string): Promise<ConsentRecord>;
  /** Whether they may be asked for a yes: not within twelve months of a no. Throws SUBJECT_INVALID, CONSENT_INVALID. */
  mayAsk(subject: string, flag: string): Promise<boolean>;
  /** With where each was said, such as a settings page. */
  history(subject: string): Promise<ConsentRecord['events']>;
}

/** Decisions heed an objection from the next one on, in every process. The newest word on a purpose, or on a wider one, counts. */
export interface Objections {
  /**
   * Objects to a purpose that the policy lists as objectable or lets wait for a consent, or to one that covers such; a
   * consent to it is taken back, until it is given anew. Throws OBJECTION_INVALID.
   */
  object(subject: string, purpose: string, source: string): Promise<ObjectionRecord>;
  /** Takes an objection back, and gives no consent. Throws OBJECTION_INVALID. */
  withdraw(subject: string, purpose: string, source: string): Promise<ObjectionRecord>;
  history(subject: string): Promise<readonly ObjectionEvent[]>;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
}

export interface Reminders {
  /** 7, 3 and 1 days before, and once overdue: a letter to staff and a finding, each once. */
  send(): Promise<{ reminded: number; escalated: number }>;
}

export interface Evidence {
  /** Drains pending events into the chain. Answers 0 where another worker holds the sequencer. */
  sequence(): Promise<{ chained: number }>;
  /** Writes the signed head to the anchor. */
  anchor(): Promise<{ seq: number } | undefined>;
  verify(): Promise<{ ok: boolean; entries: number; why?: string }>;
  entries(aggregate?: { kind: string; id: string }): Promise<readonly EvidenceEntry[]>;
}

export interface Findings {
  open(): Promise<readonly Finding[]>;
  resolve(id: string, by: string): Promise<void>;
}

export interface Holds {
  place(input: {
    kind: 'legal' | 'restriction';
    subject?: string;
    collection?: string;
    ground: string;
    by: string;
  }): Promise<string>;
  lift(id: string, by: string): Promise<void>;
}

export interface Staff {
  add(input: { email: string; name: string; role: StaffMember['role']; password: string }): Promise<StaffMember>;
  get(id: string): Promise<StaffMember | undefined>;
  list(): Promise<readonly StaffMember[]>;
  /** Throws SIGN_IN_REFUSED, the same for an unknown name and a wrong password, and SIGN_IN_SLOWED after too many. */
  signIn(input: {
    email: string;
    password: string;
    from: string;
  }): Promise<{ token: string; staff: StaffMember; session: StaffSession }>;
  session(token: string): Promise<{ staff: StaffMember; session: StaffSession } | undefined>;
  signOut(token: string): Promise<void>;
}

/** What a host hands over when it embeds Kept. What Kept did not open it does not close. */
export interface KeptOptions {
  policy: Policy;
  /** The host's database: a Mongoose connection, or anything with the driver's `db`. */
  data: { db?: unknown; getClient?: () => unknown };
  /** Kept's own database; the same one where absent. */
  control?: { db?: unknown; getClient?: () => unknown };
  files: Readonly<Record<string, FileStore>>;
  /** Personal data that lies elsewhere, by the names that the inventory gives to it (`source`), such as `httpData(…)`. */
  sources?: import('./ports/otherSource.ts').OtherSources;
  /** Where packages wait to be fetched, sealed by Kept itself; absent: GridFS in Kept's own database. */
  packages?: import('./ports/packaging.ts').PackageStore;
  /** Covers faces in pictures, such as `sharpBlur(sharp)`; without it what shows somebody can only be taken down. */
  blur?: import('./ports/blur.ts').Blur;
  keys: import('./ports/edges.ts').KeyStore;
  ledger: import('./ports/edges.ts').Ledger;
  anchor?: import('./ports/edges.ts').Anchor;
  mail: import('./ports/edges.ts').Mailer;
  /** How recipients are told of erasures, rectifications and restrictions, by their names in the policy; staff tell the others. */
  connectors?: Readonly<Record<string, import('./ports/recipientConnector.ts').RecipientConnector>>;
  /**
   * Ends all sessions and keys of somebody at once, before anything of an erasure, and where a hold keeps their records too.
   * Called again after a crash; what it throws makes the erasure wait.
   */
  revoke?: (subject: string) => Promise<void>;
  /** Address that letters come from; the policy's contact where absent. */
  mailFrom?: string;
  /** Where `router` is mounted, such as https://example.org/privacy: confirmation links start with it. */
  publicUrl: string;
  /** Where the console stands, for links in letters to staff. */
  consoleUrl?: string;
  /** A new installation observes; `enforce` acts. By rule id, or one for all. */
  mode?: Mode | Readonly<Record<string, Mode>>;
  clock?: Clock;
  log?: (entry: { level: 'info' | 'warn' | 'error'; event: string; [key: string]: unknown }) => void;
}
