import type { WaivedGround } from '../kernel/request/waivedGround.ts';
import type { Notification, NotificationState } from './notifications/notification.ts';
import type { RecipientTold } from './notifications/recipientsTold.ts';
import type { NoticeKind } from './ports/recipientConnector.ts';

export type { Notification, NotificationState, RecipientTold, WaivedGround };

/** Recipients are told of erasures, rectifications and restrictions of what they got (Art 19 GDPR). */
export interface Notifications {
  /** Tells whoever is to be told by now; turns to staff where that fails or nobody answers in time. */
  advance(): Promise<{ sent: number; failed: number; expired: number }>;
  /** Newest first; at most 1,000 at once. Throws INPUT_INVALID. */
  list(options?: {
    request?: string;
    recipient?: string;
    state?: NotificationState;
    skip?: number;
    limit?: number;
  }): Promise<readonly Notification[]>;
  /** Who was told of a request, or is being told, by name. Throws INPUT_INVALID. */
  told(request: string): Promise<readonly RecipientTold[]>;
  /** A staff member has told it, or has heard that it is done. Throws NOTIFICATION_NOT_FOUND, NOTIFICATION_CLOSED, APPROVAL_REFUSED, INPUT_INVALID. */
  done(id: string, by: string, note: string): Promise<Notification>;
  /**
   * A privacy lead states why it cannot be told, or only with disproportionate effort. Throws NOTIFICATION_NOT_FOUND,
   * NOTIFICATION_CLOSED, APPROVAL_REFUSED, INPUT_INVALID.
   */
  waive(id: string, by: string, ground: WaivedGround, reason: string): Promise<Notification>;
  /** Begins anew, with as much time as at first. Throws NOTIFICATION_NOT_FOUND, NOTIFICATION_CLOSED, APPROVAL_REFUSED. */
  retry(id: string, by: string): Promise<Notification>;
  /** What a recipient's link stands for; undefined for what is none. Changes nothing. */
  peek(token: string): Promise<{ what: NoticeKind; state: 'usable' | 'used' | 'expired' } | undefined>;
  /** The recipient says that it is done. Throws NOTIFICATION_NOT_FOUND, NOTIFICATION_CLOSED. */
  confirm(token: string): Promise<void>;
}
