import type { LetterName } from '../ports/letterModels.ts';
import type { OutboxLetter } from '../stored.ts';
import type { World } from '../world.ts';

/** More automatic letters of a kind than this to one address in a day look like two machines talking, or like an attack. */
export const MOST_LETTERS_A_DAY = 5;
const DAY_MS = 86_400_000;

/** Whether the address had its share of a day; what is due to it waits, and no case is lost over it. */
export async function hadEnoughLetters(world: World, to: string, letter: LetterName, now: Date): Promise<boolean> {
  const lately = await world.records.collection<OutboxLetter>('outbox').count({
    service: world.service,
    to,
    letter,
    queuedAt: { after: new Date(now.getTime() - DAY_MS) },
  });
  return lately >= MOST_LETTERS_A_DAY;
}
