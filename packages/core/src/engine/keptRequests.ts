import type { Right } from '../kernel/classify/right.ts';
import type { Clock as DeadlineClock } from '../kernel/clock/deadlines.ts';
import type { ClockKind, Regime } from '../kernel/clock/regime.ts';
import type { Asks } from '../kernel/request/asks.ts';
import type { RightDecision } from '../kernel/request/rightDecision.ts';
import type { Page } from './kept.ts';
import type { Confirmation } from './requests/confirmation.ts';
import type { CopyBefore } from './requests/copyBefore.ts';
import type { ReadReceipt } from './rights/issueReceipt.ts';
import type { Rehearsal } from './rights/rehearsal/rehearse.ts';
import type { StoredRequest } from './stored.ts';

/** Rights requests, from receipt to answer. */
export interface Requests {
  /** By due date, the most urgent first; `ids` asks for these only, in one question. Test requests are listed apart, by `tests`. */
  list(options?: {
    status?: 'open' | 'closed';
    ids?: readonly string[];
    tests?: boolean;
    skip?: number;
    limit?: number;
  }): Promise<Page<StoredRequest>>;
  get(id: string): Promise<StoredRequest | undefined>;
  /** Statutory dates beside the promised one: those of the answer, or of another clock of the law, such as `acknowledge`. */
  clock(request: StoredRequest, kind?: ClockKind): Promise<DeadlineClock>;
  /** The law that it runs under. */
  law(request: StoredRequest): Promise<Regime>;
  /**
   * Opens a case for a signed-in subject (identity confirmed by the account) or by a staff member; what a staff member opens about
   * an account is confirmed and answered at the address registered there, whoever wrote. Throws SUBJECT_INVALID.
   */
  open(input: {
    right: Right;
    channel: 'app' | 'staff';
    subject?: string;
    address: string;
    text: string;
    /** ISO 3166 code of where the person lives, such as `US-CA`, where the host's records do not say. Throws RESIDENCE_INVALID. */
    residence?: string;
    /** What exactly, such as the purposes objected to or the corrections. Throws ASKS_INVALID, CORRECTION_INVALID. */
    asks?: Asks;
    by?: string;
  }): Promise<StoredRequest>;
  /** What a request would do if it came now: looks, and neither writes nor sends anything. Throws SUBJECT_INVALID. */
  rehearse(right: Right, subject: string): Promise<Rehearsal>;
  /**
   * Opens a test request and takes it the whole way, clocks, decisions and letters included; the letters go to the staff
   * member alone, and instead of being carried out it says what it would have done. Throws APPROVAL_REFUSED, SUBJECT_INVALID.
   */
  openTest(input: { right: Right; subject: string; by: string }): Promise<StoredRequest>;
  /**
   * Takes down where the person lives, as they said; what the host keeps comes first. The law follows, and the date never
   * moves later. Throws RESIDENCE_INVALID, REQUEST_CLOSED, REQUEST_CONFLICT where it was extended before.
   */
  livesIn(id: string, by: string, residence: string): Promise<StoredRequest>;
  /** What the link stands for, without using it up: a GET changes nothing. */
  peekConfirmation(token: string): Promise<Confirmation | undefined>;
  /**
   * Uses the link up; `copyToAgent` where somebody asks for the person, who wants them to read the answer as well.
   * Throws CONFIRMATION_NOT_FOUND, CONFIRMATION_CLOSED.
   */
  confirm(token: string, options?: { readonly copyToAgent?: boolean }): Promise<StoredRequest>;
  /** Sends a new link to the registered address. */
  challengeAgain(id: string, by: string): Promise<StoredRequest>;
  /** Counts anew what would happen; an earlier proposal or approval is void. */
  preview(id: string, by: string): Promise<StoredRequest>;
  propose(id: string, by: string, hash: string): Promise<StoredRequest>;
  /** By a privacy lead in office who did not propose it. Throws REQUEST_CONFLICT, APPROVAL_REFUSED. */
  approve(id: string, by: string, hash: string): Promise<StoredRequest>;
  /**
   * As the law of the request has it, by a privacy lead; `until` (YYYY-MM-DD) exactly where that leaves the end to what the
   * person is told. Throws APPROVAL_REFUSED, EXTENSION_INVALID, EXTENSION_TOO_LATE, REQUEST_CONFLICT where it was extended
   * before or nobody has confirmed it.
   */
  extend(id: string, by: string, reason: string, until?: string): Promise<StoredRequest>;
  /**
   * On a ground of the law of the request, or on an article of it, by a privacy lead; the second is a finding where that law
   * lists no such ground. Marketing ends all the same. Throws APPROVAL_REFUSED, REFUSAL_INVALID, GROUND_NOT_FOUND,
   * DATE_INVALID, REQUEST_CLOSED, REQUEST_CONFLICT.
   */
  refuse(id: string, by: string, refusal: RefusalGiven): Promise<StoredRequest>;
  /** What a decision would come to: of a correction, what stands there now and every copy. Stores nothing; throws as `decide`. */
  weigh(id: string, by: string, decision: RightDecision): Promise<RightDecision>;
  /**
   * Decides on a request that has to be weighed, such as a correction or an objection; the engine then carries it out. Until
   * it does, deciding again replaces the decision. By a privacy lead, but for corrections and reports of whoever is pictured.
   * Throws REQUEST_CONFLICT, APPROVAL_REFUSED, DECISION_INVALID, and what the right refuses.
   */
  decide(id: string, by: string, decision: RightDecision): Promise<StoredRequest>;
  /** Takes a request back that nobody carries out yet, on the word of the person. Throws REQUEST_CONFLICT, REQUEST_CLOSED. */
  withdraw(id: string, by: string): Promise<StoredRequest>;
  /** The copy that the person asked for and does not have yet, so that their approved erasure waits for it. */
  copyBefore(request: StoredRequest): Promise<CopyBefore | undefined>;
  /**
   * Lets an erasure go without that copy, for a reason; tell the person as well. By a privacy lead. Throws REQUEST_CONFLICT
   * where it waits for none, APPROVAL_REFUSED.
   */
  eraseWithoutCopy(id: string, by: string, reason: string): Promise<StoredRequest>;
  /** Until when an approved erasure can still be taken back; undefined where none is approved, or the policy leaves no time. */
  stoppableUntil(request: StoredRequest): Promise<Date | undefined>;
  /**
   * Looks again where an erasure found the person still named, such as in what somebody else wrote, and staff ended it there
   * by hand: where nothing is left, the erasure is complete. Throws REQUEST_CONFLICT where something is, and says where.
   */
  lookAgain(id: string, by: string): Promise<StoredRequest>;
  /**
   * Ends that on a reason why it stays, such as that it is what somebody else has to say; tell the person as well. What they
   * were known by is forgotten. By a privacy lead. Throws REQUEST_CONFLICT where nothing of that kind is left.
   */
  leaveAsItIs(id: string, by: string, reason: string): Promise<StoredRequest>;
  /** Closes a case that staff carried out by hand, where the policy leaves a right to them. */
  answer(id: string, by: string, text: string): Promise<StoredRequest>;
  /** Takes every open request as far as it goes without a person: acknowledge, challenge, preview, run, reply. */
  advance(): Promise<{ advanced: number }>;
  /** The same for one request. Throws REQUEST_CONFLICT where another worker holds it. */
  run(id: string): Promise<StoredRequest>;
  /**
   * The signed receipt: of an erasure what became of each line of its plan (`kept-receipt/1`), of every other right how it ended
   * (`kept-answer/1`). The newest, or that of one round: an erasure that a hold had stopped has a second one.
   */
  receipt(id: string, round?: number): Promise<ReadReceipt | undefined>;
}

/** Why a request is refused: by the id of a ground (`requests.law(request)` lists them), else by an article. */
export interface RefusalGiven {
  readonly ground?: string;
  readonly article?: string;
  /** What the person reads. */
  readonly reason: string;
  /** The day on which the ground ends, YYYY-MM-DD; needed where the ground ends on a date. */
  readonly until?: string;
}
