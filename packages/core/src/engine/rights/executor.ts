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

export type Answer = {
  [L in LetterName]: {
    readonly letter: L;
    readonly model: LetterModels[L];
    readonly attachments?: OutboxLetter['attachments'];
  };
}[LetterName];
