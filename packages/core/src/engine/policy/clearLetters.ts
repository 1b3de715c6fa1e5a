import { save } from '../aggregate.ts';
import { clearOccasion } from '../outbox/clearOccasion.ts';
import type { World } from '../world.ts';
import type { Announcement } from './announce.ts';

const DAY_MS = 86_400_000;
/** So long no late worker can be in the middle of an announcement that is done. */
const SENT_STAY_MS = DAY_MS;
/** So long staff can send a letter again that could not be delivered. */
const FAILED_STAY_MS = 30 * DAY_MS;

/** Forgets the letters of an announcement once nobody needs them any more. */
export async function clearLetters(world: World, told: Announcement, occasion: string): Promise<number> {
  const now = world.clock.now();
  const age = now.getTime() - (told.doneAt?.getTime() ?? now.getTime());
  if (told.clearedAt || age < SENT_STAY_MS) return 0;

  const over = age >= FAILED_STAY_MS ? (['sent', 'failed'] as const) : (['sent'] as const);
  if (!(await clearOccasion(world, occasion, over))) return 0;
  await save(world.records.collection<Announcement>('policies'), { ...told, clearedAt: now });
  return 0;
}
