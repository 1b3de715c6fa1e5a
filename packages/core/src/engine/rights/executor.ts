import type { AnswerReceipt } from '../../kernel/evidence/answerReceipt.ts';
import type { RightDecision } from '../../kernel/request/rightDecision.ts';
import type { RightsRequest, Verified } from '../../kernel/request/rightsRequest.ts';
import type { LetterModels, LetterName } from '../ports/letterModels.ts';
import type { OutboxLetter, StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';

export type VerifiedRequest = StoredRequest & Verified;
export type RunningRequest = Extract<StoredRequest, { status: 'running' }>;
export type EndedRequest = Extract<StoredRequest, { status: 'fulfilled' | 'partly-fulfilled' }>;

/** Before each unit of a run: renews its lease. Throws REQUEST_CONFLICT where another worker took over. */
export type Beat = (options?: { readonly now?: boolean }) => Promise<void>;

/** What carries a right out. Whatever the moment of a crash, calling again goes on and does nothing twice. */
export interface Executor {
  /** Done once it is clear whose data it is, before anybody decides, such as a restriction meanwhile. */
  readonly begin?: (world: World, request: VerifiedRequest, now: Date) => Promise<void>;
  /** Checks a decision, of a right that is decided, before it is stored; answers it as it is to be stored. Throws DECISION_INVALID. */
  readonly weigh?: (
    world: World,
    request: StoredRequest,
    decision: RightDecision,
    by: string,
  ) => Promise<RightDecision>;
  /** Whether what was decided or approved has to wait, such as for the owner of a new address; asked in each round. */
  readonly waits?: (world: World, request: StoredRequest, now: Date) => Promise<boolean>;
  run(world: World, request: RunningRequest, beat: Beat): Promise<Ended>;
  /** What a request keeps where it ends without a run: refused, or taken back; undefined takes a field away. */
  readonly dropped?: (world: World, request: StoredRequest, by: 'Refuse' | 'Withdraw') => Ended['also'];
  /** What its signed receipt may say of it: what is on record, or is read back now. Absent where it claims nothing, or has its own. */
  readonly claims?: (world: World, request: EndedRequest, now: Date) => Promise<Claimed>;
  /** The letter that tells the person how it ended; undefined where nobody is to be told by letter. */
  answer(world: World, request: EndedRequest): Promise<Answer | undefined>;
}

/** How a run ended. */
export interface Ended {
  /** What could not be done and why, a sentence each and nothing personal in it; empty where all of it was. */
  readonly missing: readonly string[];
  /** What the request keeps of it, written with its end in one write; undefined takes a field away. */
  readonly also?: Partial<Record<keyof StoredRequest | keyof Extract<RightsRequest, { status: 'running' }>, unknown>>;
}

/** What was found as it should be, and a sentence on each thing that was not: that is not claimed. */
export type Claimed = Pick<AnswerReceipt, 'claims' | 'notClaimed'>;

/** A letter with all that it must be told but the signed receipt that goes with it. */
export type Answer = {
  [L in LetterName]: {
    readonly letter: L;
    readonly model: Omit<LetterModels[L], 'receipt'>;
    readonly attachments?: OutboxLetter['attachments'];
  };
}[LetterName];
