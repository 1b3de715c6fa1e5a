import { scrubEvidence, settleEvidence } from '../evidence/evidence.ts';
import type { World } from '../world.ts';
import { tidyUp } from './endNotification.ts';
import type { Notification } from './notification.ts';

/** What was told of requests goes with them. Repeating it is harmless. */
export async function forgetNotifications(world: World, requests: readonly string[], now: Date): Promise<void> {
  const notifications = world.records.collection<Notification>('notifications');
  const found = await notifications.find({ service: world.service, request: { in: requests } });
  for (const { _id } of found) await tidyUp(world, _id, now);
  await settleEvidence(world, found);
  const these = found.map(({ _id }) => _id);
  await scrubEvidence(world, these);
  await notifications.remove({ _id: { in: these } });
}
