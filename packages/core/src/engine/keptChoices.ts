import type { Decision } from '../kernel/decision.ts';
import type { RestrictionGround } from '../kernel/request/restrictionGround.ts';
import type { Page } from './kept.ts';
import type { ReadReceipt } from './rights/issueReceipt.ts';
import type { StoredHold } from './stored.ts';
import type { SetItem, SetLine, Use } from './uses/use.ts';

/** Restriction of processing (Art 18 GDPR): the data is stored, and used for law and safety only. */
export interface Restrictions {
  /** Once per ground: asked again while one stands, it answers that one. Throws RESTRICTION_INVALID, SUBJECT_INVALID. */
  restrict(subject: string, ground: RestrictionGround, by: string, request?: string): Promise<StoredHold>;
  /** Says on which ground it stands, such as of one for which the person named none. Throws HOLD_NOT_FOUND, RESTRICTION_CONFLICT. */
  name(id: string, ground: RestrictionGround, by: string): Promise<StoredHold>;
  /**
   * Begins to lift it: the person is told first (Art 18(3)), and it ends once that letter was sent. `told` says how they were
   * told where no address of theirs is known. By a privacy lead. Throws HOLD_NOT_FOUND, APPROVAL_REFUSED, RESTRICTION_REFUSED
   * where nobody can be told.
   */
  lift(id: string, by: string, told?: string): Promise<StoredHold>;
  /** Ends those whose letters have been sent, and what an overridden objection had stopped; signs that they ended. */
  advance(): Promise<{ lifted: number }>;
  /** The signed receipt of its end; undefined while it stands. Throws HOLD_NOT_FOUND. */
  receipt(id: string): Promise<ReadReceipt | undefined>;
  /** Oldest first, the ended ones too. */
  history(subject: string): Promise<readonly StoredHold[]>;
}

/** `Sec-GPC: 1`, as it is heeded for an account. */
export interface Signals {
  /**
   * Takes back, once, what the signal says no to: of each flag and purpose at the first sight of the signal. What the person
   * says yes to after that stands, whatever their browsers go on sending. Answers what was taken back now.
   */
  heed(subject: string): Promise<{ readonly flags: readonly string[]; readonly purposes: readonly string[] }>;
}

/** What data was used for: of each set, such as one to train on, whose records it holds and by which choice. */
export interface Uses {
  /** Writes down that records went into a set. It does not ask whether they may: see `build`. Throws USE_INVALID, USE_CONFLICT. */
  record(use: {
    subject: string;
    purpose: string;
    categories: readonly string[];
    records: readonly string[];
    set: string;
  }): Promise<{ recorded: number }>;
  /** What a person's data was used for, newest first. */
  of(subject: string, options?: { purpose?: string; before?: Date; skip?: number; limit?: number }): Promise<Page<Use>>;
  /**
   * Answers those items, in their order, that may be used now. Each is asked for by itself and written down before it is
   * handed out. Building again under the same name hands out again what may still be used, and writes nothing twice.
   * Throws USE_INVALID for an item that is none, USE_CONFLICT where the set was built for another purpose.
   */
  build<Item extends SetItem>(set: {
    purpose: string;
    set: string;
    items: AsyncIterable<Item> | Iterable<Item>;
  }): AsyncIterable<Item>;
  /** Each line of a set, with whether it would be permitted now: what is not must go from every copy of the set. */
  stillAllowed(
    set: string,
  ): AsyncIterable<SetLine & { readonly allowed: boolean; readonly because: readonly string[] }>;
  /** Says that these records have gone from every copy of the set: nobody is asked about them again. */
  taken(set: string, records: readonly string[], by: string): Promise<{ taken: number }>;
  /** The lines of a set: whose (as a keyed hash), what, when, by which choice. */
  manifest(set: string): AsyncIterable<SetLine>;
  /** That work was skipped because its use was not permitted when it was to run. The same occasion counts once. */
  skipped(skip: {
    subject: string;
    purpose: string;
    category: string;
    occasion: string;
    because: Decision['because'];
  }): Promise<void>;
}

/** Links that stop a kind of letter without signing in. */
export interface Unsubscribe {
  /** The address objects to the purpose, once its button is pressed. Throws OBJECTION_INVALID. */
  linkFor(subject: string, purpose: string): Promise<string>;
  /** Header fields for the letter (RFC 2369, RFC 8058); they count with mailboxes only where DKIM signs them. */
  headersFor(subject: string, purpose: string): Promise<Readonly<Record<string, string>>>;
  /** What a link stands for; undefined where it is none of ours. */
  peek(token: string): Promise<{ readonly purpose: string } | undefined>;
  /** Objects, once. Throws UNSUBSCRIBE_NOT_FOUND. */
  object(token: string): Promise<{ readonly purpose: string }>;
}

/** Which kind each cookie or key of storage is of, by name; a name that ends in `*` stands for all that begin so. */
export type KindsByName = Readonly<Record<string, string>>;

export interface CookieOptions {
  /** A cookie that is not named here is never set. */
  readonly kinds: KindsByName;
  readonly subjectOf: (req: never) => string | undefined;
  /** ISO 3166 code of the place from which a browser without an account comes; absent: silence is never a yes. */
  readonly countryOf?: (req: never) => string | undefined;
}

export interface RouterOptions extends Pick<CookieOptions, 'subjectOf' | 'countryOf'> {
  /** Keys of local and session storage; what is not named here is never stored where the page loads `storage.js`. */
  readonly storage?: KindsByName;
}
