import type { WaivedGround } from '../../kernel/request/waivedGround.ts';
import type { NoticeKind } from '../ports/recipientConnector.ts';
import type { World } from '../world.ts';
import type { Notification, NotificationState } from './notification.ts';
import { notificationsAbout } from './queueNotification.ts';

/** A recipient who had something of a person, and how far it is with telling them. */
export interface RecipientTold {
  readonly recipient: string;
  /** As the policy calls it. */
  readonly label: string;
  readonly what: NoticeKind;
  /** Of several notices the one that is least done. */
  readonly state: NotificationState;
  readonly since: Date;
  /** When it was told, and when that was over. */
  readonly sentAt?: Date;
  readonly endedAt?: Date;
  readonly waived?: WaivedGround;
  /** When its copies end by themselves, where that is known and it has not said that they are gone. */
  readonly keepsUntil?: Date;
}

const LEAST_DONE: readonly NotificationState[] = ['failed', 'expired', 'queued', 'sent', 'waived', 'confirmed'];

/** Who was told of a request, or is being told, by name (Art 19, last sentence, GDPR); for letters, reports and receipts. */
export async function recipientsTold(world: World, request: string): Promise<readonly RecipientTold[]> {
  const all = await notificationsAbout(world, { request });
  const groups = Map.groupBy(all, ({ recipient, what }) => `${recipient}\n${what}`);
  return [...groups.values()].map((parts) => toldBy(world, parts)).sort((a, b) => (a.label < b.label ? -1 : 1));
}

function toldBy({ policy }: World, parts: readonly Notification[]): RecipientTold {
  const [least] = parts.toSorted((a, b) => LEAST_DONE.indexOf(a.state) - LEAST_DONE.indexOf(b.state));
  const { recipient, what, state, queuedAt, sentAt, endedAt, waived } = least as Notification;
  const label = policy.recipients.find(({ name }) => name === recipient)?.label ?? recipient;
  const ends = parts.flatMap((each) => (each.state !== 'confirmed' && each.keepsUntil ? [each.keepsUntil] : []));
  const keepsUntil = ends.toSorted((a, b) => b.getTime() - a.getTime())[0];
  return {
    recipient,
    label,
    what,
    state,
    since: queuedAt,
    ...(sentAt && { sentAt }),
    ...(endedAt && { endedAt }),
    ...(waived && { waived: waived.ground }),
    ...(keepsUntil && { keepsUntil }),
  };
}
