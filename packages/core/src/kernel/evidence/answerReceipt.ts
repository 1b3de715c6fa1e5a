import type { Right } from '../classify/right.ts';
import type { Identified } from '../request/rightsRequest.ts';
import type { ChainHead } from './chain.ts';
import type { ErasureReceipt } from './receipt.ts';

/** What a request of any right leaves behind: an erasure that was carried out has a receipt of its own form. */
export type RightsReceipt = ErasureReceipt | AnswerReceipt;

/** Proof of how a request ended: what is on record or was read back, and nothing else. Instants are ISO 8601, dates YYYY-MM-DD. */
export interface AnswerReceipt {
  readonly format: 'kept-answer/1';
  readonly service: string;
  readonly controller: { readonly name: string; readonly contact: string };
  /** Absent where a restriction ended: staff end it, whoever asked for it. */
  readonly request?: {
    readonly id: string;
    /** As letters give it, such as K-7F3A2C. */
    readonly number: string;
    readonly right: Right;
    /** Somebody else's report, of content that shows them. */
    readonly report?: 'pictured';
    readonly regime: string;
    readonly receivedAt: string;
  };
  /** Absent where nobody had confirmed who asks. */
  readonly identity?: { readonly confirmedAt: string; readonly how: Identified };
  /** Staff by role and id, never by name; absent where nothing was weighed. */
  readonly decision?: { readonly at: string; readonly role: string; readonly staff: string };
  readonly policy: { readonly pack: string; readonly version: number; readonly hash: string };
  /** Absent where nothing was carried out. */
  readonly startedAt?: string;
  readonly endedAt: string;
  readonly outcome: 'fulfilled' | 'partly-fulfilled' | 'refused' | 'lifted';
  readonly claims: readonly Claim[];
  /** What could not be done and why, a sentence each. */
  readonly missing: readonly string[];
  /** Who had something of the person, and how far it was with telling them when this was signed (Art 19 GDPR). */
  readonly recipients: readonly { readonly name: string; readonly state: string; readonly keepsUntil?: string }[];
  /** When what is claimed was read back. */
  readonly readBackAt: string;
  readonly evidence: ChainHead & { readonly partition: string };
  /** What the receipt does not say, in plain sentences. */
  readonly notClaimed: readonly string[];
}

/** One thing that was done or decided. None of them holds a value of anybody's data. */
export type Claim =
  /** A copy. Each part holds a signed list of its files (kept-package/1), under the name in `manifest`. */
  | {
      readonly what: 'package-made';
      readonly readyAt: string;
      readonly availableUntil: string;
      readonly records: number;
      readonly files: number;
      readonly manifest: string;
      readonly parts: readonly { readonly part: number; readonly sha256: string; readonly bytes: number }[];
    }
  /** Nothing of the person that the right covers. */
  | { readonly what: 'nothing-found' }
  /** What the person's choices say no to: consents by flag, purposes objected to, and since when. */
  | {
      readonly what: 'stopped';
      readonly flags: readonly { readonly flag: string; readonly since: string }[];
      readonly purposes: readonly { readonly purpose: string; readonly since: string }[];
    }
  /** What of an objection was weighed. */
  | {
      readonly what: 'weighed';
      readonly balances: readonly {
        readonly purpose: string;
        readonly outcome: 'upheld' | 'overridden';
        readonly article: string;
      }[];
    }
  /** Where the right value stands, and in how many of the person's records. */
  | {
      readonly what: 'corrected';
      readonly places: readonly {
        readonly category: string;
        readonly collection: string;
        readonly field: string;
        readonly records: number;
      }[];
    }
  /** Beside what a statement of the person's stands. */
  | {
      readonly what: 'noted';
      readonly places: readonly { readonly collection: string; readonly field: string }[];
    }
  | { readonly what: 'restricted'; readonly ground: string; readonly since: string }
  | {
      readonly what: 'restriction-lifted';
      readonly ground: string;
      readonly since: string;
      readonly toldAt: string;
      readonly liftedAt: string;
    }
  /** A complaint or an appeal; `reopenedAs`: the request that was taken up anew. */
  | {
      readonly what: 'contest-decided';
      readonly outcome: 'upheld' | 'rejected';
      readonly contests?: string;
      readonly reopenedAs?: string;
    }
  /** What showed somebody who did not make it: records that are gone, or files in which they are covered. */
  | { readonly what: 'taken-down'; readonly article: string; readonly records: number }
  | { readonly what: 'covered'; readonly article: string; readonly files: number }
  | { readonly what: 'refused'; readonly article: string; readonly ground?: string; readonly until?: string };

/**
 * What is wrong with a receipt as a statement, whoever signed it: an outcome that its claims do not bear out, counts that are
 * none, something not done that it passes over. Empty for a sound one.
 */
export function answerFaults({ format, outcome, request, claims, missing, notClaimed }: AnswerReceipt): string[] {
  if (format !== 'kept-answer/1') return ['the format is not kept-answer/1'];
  const faults: string[] = [];
  const claimed = (what: Claim['what']): boolean => claims.some((claim) => claim.what === what);
  if ((outcome === 'refused') !== claimed('refused')) faults.push('a refusal names its article, and nothing else does');
  if ((outcome === 'lifted') !== claimed('restriction-lifted')) faults.push('what was lifted is not said');
  if ((outcome === 'partly-fulfilled') !== missing.length > 0) faults.push('it is not said what is missing');
  if (outcome !== 'lifted' && request === undefined) faults.push('it answers no request');
  if (claims.length + missing.length + notClaimed.length === 0) faults.push('it says nothing');
  for (const claim of claims) {
    if (!countsOf(claim).every((count) => Number.isSafeInteger(count) && count >= 0))
      faults.push(`${claim.what}: a count is no whole number`);
  }
  return faults;
}

function countsOf(claim: Claim): number[] {
  switch (claim.what) {
    case 'package-made':
      return [claim.records, claim.files, ...claim.parts.flatMap(({ part, bytes }) => [part, bytes])];
    case 'corrected':
      return claim.places.map(({ records }) => records);
    case 'taken-down':
      return [claim.records];
    case 'covered':
      return [claim.files];
    default:
      return [];
  }
}
