import type { Signer } from './edges.ts';

/** What a recipient is told of the data that it got (Art 17(2), 19 GDPR; §7022(b) CCPA regulations). */
export type NoticeKind = 'erasure' | 'rectification' | 'restriction' | 'restriction-lifted';

/** The way on which one recipient is told. */
export interface RecipientConnector {
  /** Days within which the recipient is to say that it is done; absent: 14. After that the matter goes to staff. */
  readonly answerWithinDays?: number;
  /**
   * By what this recipient knows a person where the log of disclosures cannot tell, such as a customer's number there. It is
   * asked before anything is erased. At most 100,000 texts of 512 characters; a notice carries 1,000 of them, and further
   * notices the rest.
   */
  referencesOf?(subject: string): Promise<readonly string[]>;
  /**
   * Hands a notice over, within a minute. The same one comes again, under the same id, after an attempt whose outcome is unknown. Throws, with
   * `permanent: true` where trying again is useless, and with a `code` without personal data.
   */
  tell(notice: RecipientNotice, means: NoticeMeans): Promise<NoticeTaken>;
}

/** The least that a recipient must know; nothing of it tells more of the person than the recipient already got. */
export interface RecipientNotice {
  readonly id: string;
  /** When this attempt is made. */
  readonly at: Date;
  readonly what: NoticeKind;
  readonly service: string;
  readonly controller: { readonly name: string; readonly contact: string };
  /** Ids of generations, references of disclosures, and what `referencesOf` said. */
  readonly references: readonly string[];
  /** Categories among those that this recipient got. */
  readonly categories: readonly string[];
  /** Of a rectification: what is right, of those categories alone. */
  readonly corrections?: readonly Correction[];
  /** YYYY-MM-DD in the controller's zone. */
  readonly dueOn: string;
  /** Where the recipient says that it is done: a page that a person can open, and a POST. Good once, until a month after it is due. */
  readonly confirmAt: string;
}

export interface Correction {
  readonly category: string;
  readonly value: string;
}

/** What the house lends to a connector. */
export interface NoticeMeans {
  readonly signer: Signer;
  /** Puts the letter `recipient-told` into the outbox, once for each notice; only what leaves the house carries the link. */
  letter(to: string): Promise<void>;
}

export interface NoticeTaken {
  /** The recipient says at once that it is done. */
  readonly done?: boolean;
}
