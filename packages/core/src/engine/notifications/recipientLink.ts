import { sameText } from '../sameText.ts';
import type { World } from '../world.ts';
import { isOver, type Notification } from './notification.ts';

/** Days for which a late answer still counts. */
const GRACE_MS = 30 * 86_400_000;

export type LinkState = 'usable' | 'used' | 'expired';

/** Where a recipient says that it is done. It follows from a secret outside the database, so a copy of that opens none. */
export async function recipientLink(world: World, notification: string): Promise<string> {
  return `${world.publicUrl}/told/${await tokenOf(world, notification)}`;
}

/** The notice that a link stands for; undefined for what is none. */
export async function noticeBehind(world: World, token: unknown): Promise<Notification | undefined> {
  if (typeof token !== 'string' || token.length > 200) return undefined;
  const id = token.slice(0, token.lastIndexOf('.'));
  const found = id ? await world.records.collection<Notification>('notifications').get(id) : undefined;
  if (found?.service !== world.service) return undefined;
  return sameText(await tokenOf(world, id), token) ? found : undefined;
}

export function linkState(notification: Notification, now: Date): LinkState {
  if (isOver(notification)) return 'used';
  return now.getTime() < notification.dueAt.getTime() + GRACE_MS ? 'usable' : 'expired';
}

async function tokenOf(world: World, notification: string): Promise<string> {
  return `${notification}.${await world.keys.mac('notification', `${world.service}\n${notification}`)}`;
}
