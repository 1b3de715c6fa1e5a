import { save } from '../aggregate.ts';
import { settleEvidence } from '../evidence/evidence.ts';
import type { OutboxLetter } from '../stored.ts';
import type { World } from '../world.ts';
import type { Announcement } from './announce.ts';

const ROUND = 500;
const DAY_MS = 86_400_000;
/** So long no late worker can be in the middle of an announcement that is done. */
const SENT_STAY_MS = DAY_MS;
/** So long staff can send a letter again that could not be delivered. */
const FAILED_STAY_MS = 30 * DAY_MS;

/** Forgets the letters of an announcement: what they prove stands in the evidence, and they hold addresses of people who may leave. */
export async function clearLetters(world: World, told: Announcement, occasion: string): Promise<number> {
  const now = world.clock.now();
  const age = now.getTime() - (told.doneAt?.getTime() ?? now.getTime());
  if (told.clearedAt || age < SENT_STAY_MS) return 0;

  const letters = world.records.collection<OutboxLetter>('outbox');
  const over = age >= FAILED_STAY_MS ? ['sent', 'failed'] : ['sent'];
  for (;;) {
    const found = await letters.find(
      { service: world.service, occasion: { after: occasion }, state: { in: over } },
      { sort: { occasion: 1 }, limit: ROUND },
    );
    const mine = found.filter((letter) => letter.occasion.startsWith(occasion));
    if (mine.length === 0) break;
    await settleEvidence(world, mine);
    await letters.remove({ _id: { in: mine.map(({ _id }) => _id) } });
  }
  const [left] = await letters.find(
    { service: world.service, occasion: { after: occasion } },
    { sort: { occasion: 1 }, limit: 1 },
  );
  if (left?.occasion.startsWith(occasion)) return 0;
  await save(world.records.collection<Announcement>('policies'), { ...told, clearedAt: now });
  return 0;
}
