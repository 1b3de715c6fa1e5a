import type { WaivedGround } from '../../kernel/request/waivedGround.ts';
import type { Correction, NoticeKind } from '../ports/recipientConnector.ts';
import type { Stored } from '../stored.ts';

/** What one recipient is told of one person's request, and how far that has come. */
export interface Notification extends Stored {
  /** The request that it is told of, or the restriction where nobody asked for it. */
  readonly request: string;
  readonly recipient: string;
  readonly what: NoticeKind;
  readonly categories: readonly string[];
  /** By which the recipient knows what it got; gone once it is over. */
  readonly references?: readonly string[];
  readonly corrections?: readonly Correction[];
  /** The newest disclosure that this tells of: what is newer is told of by another. */
  readonly upTo?: LogMark;
  /** By what else the recipient knows the person was asked of the host, and is told in this notice or in earlier ones. */
  readonly hostAsked?: true;
  /** Staff tell those for whom the host has no connector, or of whom nobody knows by what they know the person. */
  readonly by: 'connector' | 'staff';
  readonly state: NotificationState;
  readonly queuedAt: Date;
  readonly dueAt: Date;
  /** When it is looked at again; absent once nothing is left to do about it. */
  readonly nextAt?: Date;
  readonly attempts: number;
  readonly sentAt?: Date;
  /** It went as a letter, which has a state of its own. */
  readonly letter?: boolean;
  readonly lastError?: string;
  readonly endedAt?: Date;
  /** How it became known that it is done. */
  readonly confirmedBy?: 'answer' | 'link' | 'staff';
  /** Why it was not told after all (Art 19 GDPR). */
  readonly waived?: { readonly ground: WaivedGround; readonly by: string };
  /** When the recipient's copies end by themselves, where the policy says for how long it keeps what it gets. */
  readonly keepsUntil?: Date;
}

/** `failed`: it cannot be told that way; `expired`: nothing was heard until it was due. Both wait for staff. */
export type NotificationState = 'queued' | 'sent' | 'failed' | 'expired' | 'confirmed' | 'waived';

/** Where in the log of disclosures somebody has read up to. */
export interface LogMark {
  readonly at: Date;
  readonly id: string;
}

/** Nothing more is to be done about it. */
export function isOver({ state }: Pick<Notification, 'state'>): boolean {
  return state === 'confirmed' || state === 'waived';
}

/** Code of what staff are told where a recipient waits for them. */
export const NOT_TOLD = 'RECIPIENT_NOT_TOLD';
