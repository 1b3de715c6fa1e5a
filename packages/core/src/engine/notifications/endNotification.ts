import { KeptError } from '../../kernel/keptError.ts';
import type { WaivedGround } from '../../kernel/request/waivedGround.ts';
import { event, update } from '../aggregate.ts';
import { resolveFinding } from '../findings/findings.ts';
import { clearOccasion } from '../outbox/clearOccasion.ts';
import type { World } from '../world.ts';
import { isOver, NOT_TOLD, type Notification } from './notification.ts';
import { occasionOf } from './recipientLetter.ts';

const LATER_MS = 3_600_000;

/** How a notice came to be over. */
export type Ending =
  | {
      readonly state: 'confirmed';
      readonly how: NonNullable<Notification['confirmedBy']>;
      readonly by?: string;
      readonly note?: string;
    }
  | { readonly state: 'waived'; readonly ground: WaivedGround; readonly by: string; readonly reason: string };

/**
 * Closes a notice, once. By what the recipient knew the person goes then; that it was told, and when, stays. Throws
 * NOTIFICATION_NOT_FOUND and NOTIFICATION_CLOSED.
 */
export async function endNotification(world: World, id: string, ending: Ending, now: Date): Promise<Notification> {
  const { state, ...details } = ending;
  const ended = await update<Notification>(world, 'notifications', id, (notification) => {
    if (isOver(notification)) throw closed(notification);
    const { references: _, corrections: _c, lease: _l, lastError: _e, ...rest } = notification;
    const how =
      ending.state === 'confirmed'
        ? { confirmedBy: ending.how, sentAt: notification.sentAt ?? now }
        : { waived: { ground: ending.ground, by: ending.by } };
    const isConfirmed = state === 'confirmed';
    // What is done was told, by whatever way.
    const told = isConfirmed && !notification.sentAt ? [event(world, 'NotificationSent', now, details)] : [];
    const over = event(world, isConfirmed ? 'NotificationConfirmed' : 'NotificationWaived', now, details);
    return { document: { ...rest, state, endedAt: now, nextAt: now, ...how }, events: [...told, over] };
  });

  await tidyUp(world, id, now);
  return ended;
}

/** What a notice that is over leaves elsewhere goes: what staff were asked, and the letter to the recipient. */
export async function tidyUp(world: World, id: string, now: Date): Promise<void> {
  await resolveFinding(world, NOT_TOLD, id, now);
  const gone = await clearOccasion(world, occasionOf(id), ['queued', 'sent', 'failed']);
  await update<Notification>(world, 'notifications', id, ({ nextAt: _, lease: _l, ...rest }) => ({
    // One that is on its way at this moment goes once it has arrived.
    document: gone ? rest : { ...rest, nextAt: new Date(now.getTime() + LATER_MS) },
  }));
}

export function closed({ _id, state }: Notification): KeptError {
  return new KeptError('NOTIFICATION_CLOSED', `This notice is ${state} already`, {
    place: `notification ${_id}`,
    remedy: 'Nothing more is to be done about it.',
  });
}
