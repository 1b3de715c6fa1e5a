import type { Right } from '../../kernel/classify/right.ts';
import type { CaseLetters } from './caseLetters.ts';
import type { ErasureResult, ReceiptFacts } from './erasureResult.ts';

export type * from './erasureResult.ts';

/** What every letter knows. Days are YYYY-MM-DD in the controller's zone; the letter writes them out in its language. */
export interface LetterFrame {
  readonly controller: { readonly name: string; readonly contact: string };
  /** The ticket's short name, such as K-7F3A2C. */
  readonly reference: string;
}

/** What every letter knows that answers a request; `receipt` goes with it, and is null where none does. */
export interface AnswerFrame extends LetterFrame {
  readonly receipt: ReceiptFacts | null;
}

/** What the law says that a request runs under; null where it says nothing of it, or where nobody read the article. */
export interface LawFacts {
  /** It is the General Data Protection Regulation, whose articles the letters know by heart. */
  readonly gdpr: boolean;
  /** What an extension rests on, such as `s.8(4), Personal Information Protection and Electronic Documents Act`. */
  readonly extension: string | null;
  /** What asks for a record of requests. */
  readonly record: string | null;
  /** Who hears somebody whom we did not satisfy. */
  readonly authority: string | null;
  readonly appeal: { readonly article: string | null } | null;
  readonly complaint: { readonly toUs: boolean; readonly article: string | null } | null;
}

/** The letters, and what each of them must be told. A letter with a fact missing is not written. */
export interface LetterModels extends CaseLetters {
  /** Says nothing of whether there is an account: a stranger reads the same as a customer. */
  'rights-received': LetterFrame & {
    readonly rights: readonly Right[];
    readonly receivedOn: string;
    readonly answerBy: string;
    /** The requester was signed in when asking; never true for mail. */
    readonly signedIn: boolean;
  };
  /** Only ever sent to the registered address. */
  'confirm-identity': LetterFrame & {
    /** All that the same message asked for: one link confirms it. */
    readonly rights: readonly Right[];
    readonly receivedOn: string;
    readonly link: string;
    readonly expiresOn: string;
  };
  'inquiry-received': LetterFrame & { readonly receivedOn: string; readonly answerBy: string };
  'rights-fulfilled-erasure': LetterFrame & ErasureResult & { readonly receipt: ReceiptFacts; readonly law: LawFacts };
  /** To the confirmed address; only the letter that leaves the house carries the link. */
  'rights-package-ready': AnswerFrame & {
    readonly right: Right;
    readonly receivedOn: string;
    readonly madeOn: string;
    readonly availableUntil: string;
    readonly parts: number;
    readonly records: number;
    readonly files: number;
    /** Rounded up. */
    readonly megabytes: number;
    /** What is not in it and why, a sentence each. */
    readonly missing: readonly string[];
    readonly link: string;
    readonly law: LawFacts;
  };
  'rights-partly-fulfilled': LetterFrame &
    ErasureResult & {
      /** What could not be done, one sentence each. */
      readonly missing: readonly string[];
      readonly receipt: ReceiptFacts | null;
      readonly law: LawFacts;
    };
  'rights-refused': AnswerFrame & {
    readonly right: Right;
    readonly receivedOn: string;
    readonly reason: string;
    /** Such as `Article 12(5) GDPR`. */
    readonly article: string;
    /** The day until which it holds; null where none is known. */
    readonly until: string | null;
    /** What had stopped until this was decided. */
    readonly goesOn: readonly string[];
    /** What ended all the same, since nobody may refuse it. */
    readonly ended: readonly string[];
    readonly law: LawFacts;
  };
  /** Only ever sent to the address that is to be registered. */
  'confirm-new-address': LetterFrame & { readonly link: string; readonly expiresOn: string };
  /** What, and no values: it goes by mail. */
  'rights-corrected': AnswerFrame & {
    readonly receivedOn: string;
    readonly corrected: readonly { readonly label: string; readonly records: number }[];
    /** Data that stays as it is, with what the person says of it beside. */
    readonly noted: readonly string[];
    readonly missing: readonly string[];
    readonly recipientsTold: readonly string[];
    readonly law: LawFacts;
  };
  'rights-restricted': AnswerFrame &
    RestrictionReason & {
      readonly receivedOn: string;
      readonly since: string;
      /** Names of those who have something of it, and are told. */
      readonly recipientsTold: readonly string[];
      readonly law: LawFacts;
    };
  /** What is not used any more, and what of an objection did not prevail. */
  'rights-objection-decided': AnswerFrame & {
    readonly receivedOn: string;
    readonly stopped: readonly string[];
    readonly overridden: readonly { readonly label: string; readonly reasons: string; readonly article: string }[];
    /** Data that served nothing else: it can be erased on request (Art 17(1)(c) GDPR). */
    readonly onlyFor: readonly string[];
    readonly law: LawFacts;
  };
  'rights-choice-recorded': AnswerFrame & {
    readonly right: Right;
    readonly receivedOn: string;
    readonly since: string;
    readonly stopped: readonly string[];
    /** Sets into which data went before, such as those to train on, and in how many records. */
    readonly used: readonly { readonly set: string; readonly records: number; readonly lastOn: string }[];
    /** What the notice says of a sale, where that was asked about. */
    readonly neverSold: string | null;
    /** Where every choice can be seen and changed. */
    readonly link: string;
  };
  'rights-withdrawn': LetterFrame & {
    readonly right: Right;
    readonly receivedOn: string;
    readonly withdrawnOn: string;
    readonly goesOn: readonly string[];
  };
  'rights-extended': LetterFrame & {
    readonly right: Right;
    readonly receivedOn: string;
    readonly reason: string;
    readonly firstAnswerBy: string;
    readonly answerBy: string;
    readonly law: LawFacts;
  };
  /** `subjectLine` is the conversation's own, without `Re:`. */
  'support-reply': LetterFrame & { readonly subjectLine: string; readonly text: string };
  /** To whoever reported an account as a child's: the same whether there is such an account or not. */
  'child-report-received': LetterFrame & { readonly receivedOn: string };
  'child-report-decided': LetterFrame & { readonly receivedOn: string };
  /** To the account that was one. */
  'child-account-erased': LetterFrame &
    ErasureResult & { readonly missing: readonly string[]; readonly receipt: ReceiptFacts; readonly law: LawFacts };
  /** To everybody, before their data moves with the business; it belongs to no ticket. */
  'business-transfer': Pick<LetterFrame, 'controller'> & {
    readonly successor: string;
    readonly notice: string;
    readonly objectBy: string;
    readonly link: string;
  };
  /** To everybody, about a new version of the notice; it belongs to no ticket. */
  'policy-changed': Pick<LetterFrame, 'controller'> & {
    readonly version: number;
    readonly since: string;
    /** What changed, a sentence each. */
    readonly changes: readonly string[];
    /** Where it can be read and accepted. */
    readonly link: string;
  };
  /** Before a restriction ends (Art 18(3) GDPR); of the grounds one is true. It belongs to no ticket. */
  'restriction-ending': Pick<LetterFrame, 'controller'> &
    RestrictionReason & { readonly since: string; readonly link: string };
  /** To a recipient of data: what became of it. Of the four kinds one is true. It belongs to no ticket. */
  'recipient-told': Pick<LetterFrame, 'controller'> & {
    readonly notice: string;
    readonly erasure: boolean;
    readonly rectification: boolean;
    readonly restriction: boolean;
    readonly lifted: boolean;
    readonly categories: readonly string[];
    /** By which the recipient knows what it got. */
    readonly references: readonly string[];
    readonly dueOn: string;
    readonly link: string;
  };
  /** To the staff member who opened a test request: counts, nothing of the person. */
  'test-request-ended': LetterFrame & {
    readonly right: Right;
    readonly receivedOn: string;
    readonly found: readonly { readonly collection: string; readonly records: number; readonly files: number }[];
    readonly lines: readonly { readonly collection: string; readonly action: string; readonly records: number }[];
    readonly recipients: readonly string[];
  };
  /** To staff: ids and dates, nothing of the person. */
  'deadline-reminder': StaffNotice & { readonly dueOn: string; readonly daysLeft: number };
  'deadline-overdue': StaffNotice & { readonly dueOn: string; readonly daysOver: number };
  'mail-unreadable-staff': StaffNotice & {
    readonly mailbox: string;
    readonly receivedOn: string;
    /** Bytes. */
    readonly size: number;
    readonly why: string;
  };
}

export type LetterName = keyof LetterModels;

/** Why data is stored and not used: one of them is true. */
export interface RestrictionReason {
  readonly contested: boolean;
  readonly unlawful: boolean;
  readonly claims: boolean;
  readonly objection: boolean;
  readonly unstated: boolean;
}

export interface StaffNotice {
  readonly service: string;
  readonly reference: string;
  /** Where the console shows it, or null where it has no public address. */
  readonly link: string | null;
}
