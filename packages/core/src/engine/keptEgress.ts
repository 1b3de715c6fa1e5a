import type { Reason } from '../kernel/decision.ts';
import type { ByteStream } from './ports/mediaStripper.ts';
import type { Stored } from './stored.ts';

/** On whose behalf, and what for, something leaves. */
export interface Occasion {
  readonly subject: string;
  /** May be left out where the recipient is listed for a single purpose. */
  readonly purpose?: string;
  /** Id of the generation that asks for it. */
  readonly generation?: string;
  /** Reference of the legal process or claim, and the approval of two people, where the recipient needs them. */
  readonly reference?: string;
  readonly approval?: string;
  /** When the data was collected; absent: under any version of the notice. */
  readonly collected?: Date;
}

/**
 * The way out to one recipient. What the inventory does not list for it never leaves; account and billing values of the
 * person are taken out of what it lists; files lose what they tell beside their content. Each disclosure is on record before
 * anything is handed back. Throws EGRESS_REFUSED (an `EgressRefused`, with the reasons), EGRESS_INVALID, and for files
 * MEDIA_REFUSED and MEDIA_INVALID.
 */
export interface EgressGate {
  /** What may leave of a body, as a fresh plain object; the body itself stays as it is. */
  pass(body: unknown): Promise<unknown>;
  /** What may leave of a request, as a fresh one: parameters, headers that tell of nobody, body. For HTTP clients of one's own. */
  request(request: Request): Promise<Request>;
  /** Sends what may leave, over TLS and to hosts alone that the inventory lists for the recipient, redirects included. */
  fetch(input: string | URL, init?: RequestInit): Promise<Response>;
  /** For files too large to be held at once: `file.stream().pipeThrough(gate.stream('generation.reference', 'video/mp4'))`. */
  stream(category: string, type: string): ByteStream;
}

/** Throws INPUT_INVALID, SUBJECT_INVALID. */
export interface DisclosureLog {
  /** Everything that left about a person or was refused, newest first. */
  of(subject: string): Promise<readonly Disclosure[]>;
  /** Newest first; at most 1,000 at once. */
  list(options?: {
    recipient?: string;
    outcome?: Disclosure['outcome'];
    from?: Date;
    to?: Date;
    skip?: number;
    limit?: number;
  }): Promise<readonly Disclosure[]>;
  /** Notes that recipients' own copies have reached the end of the time for which they keep them. */
  expire(): Promise<{ ended: number }>;
}

/** What left, or was kept from leaving: categories and places, never values. */
export interface Disclosure extends Stored {
  readonly outcome: 'made' | 'refused';
  /** Absent once the person's data was erased. */
  readonly subject?: string;
  readonly recipient: string;
  /** Absent where nobody said it and the recipient is listed for several, or not at all. */
  readonly purpose?: string;
  readonly categories: readonly string[];
  readonly generation?: string;
  readonly reference?: string;
  readonly approval?: string;
  readonly at: Date;
  /** Version of the notice that was in force. */
  readonly noticeVersion: number;
  /** Of a refusal: the rules that speak against it. */
  readonly because?: readonly Reason[];
  /** Fields of the recipient's list that left. */
  readonly fields: readonly string[];
  readonly withheld: Withheld;
  /** When the recipient's own copy is to end, where the policy says for how long it keeps what it gets. */
  readonly recipientKeepsUntil?: Date;
  readonly copyEndedAt?: Date;
}

export interface Withheld {
  /** How many fields were not on the list. */
  readonly unlisted: number;
  /** Keyed hash of their names, since a name may be personal too: the same names give the same. */
  readonly unlistedNames?: string;
  /** Where the host keeps the values that were taken out, such as `users.email`. */
  readonly personal: readonly string[];
  /** Kinds of what was taken out of files, such as `exif`. */
  readonly media: readonly string[];
}
