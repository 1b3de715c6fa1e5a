import type { Right } from '../kernel/classify/right.ts';

/** What people write to support signed in, and what they read there: no mail is needed for it. */
export interface Support {
  /**
   * Opens a conversation; the same words on the same day are one. Throws SUBJECT_INVALID, INPUT_INVALID, and SUPPORT_REFUSED
   * after too many.
   */
  open(subject: string, message: { readonly subjectLine: string; readonly text: string }): Promise<Conversation>;
  /** Writes on; a closed conversation is open again. Throws as `open`, and CONVERSATION_NOT_FOUND. */
  write(subject: string, id: string, text: string): Promise<Conversation>;
  /** The newest hundred. Throws SUBJECT_INVALID. */
  of(subject: string): Promise<readonly ConversationState[]>;
  /** Throws CONVERSATION_NOT_FOUND, the same for what never was and for what is somebody else's. */
  get(subject: string, id: string): Promise<Conversation>;
}

export interface ConversationState {
  readonly id: string;
  /** Short name for people, such as K-7F3A2C. */
  readonly number: string;
  readonly subjectLine: string;
  /** Who has the next word. */
  readonly state: 'waits-for-us' | 'waits-for-you' | 'closed';
  readonly openedAt: Date;
  /** The last day for our answer, YYYY-MM-DD. */
  readonly answerBy: string;
}

export interface Conversation extends ConversationState {
  /** Oldest first. Notes of staff are none of them. */
  readonly messages: readonly { readonly at: Date; readonly by: 'you' | 'us'; readonly text: string }[];
  /** Rights that the words seem to ask for: staff see it too, and a request of its own is faster. */
  readonly rights: readonly Right[];
}
