import { settleEvidence } from '../evidence/evidence.ts';
import type { OutboxLetter } from '../stored.ts';
import type { World } from '../world.ts';

const ROUND = 500;

/**
 * Forgets the letters of an occasion that begins so, in these states: what they prove stands in the evidence, and they hold
 * addresses of people who may leave. Answers whether none is left.
 */
export async function clearOccasion(
  world: World,
  occasion: string,
  states: readonly OutboxLetter['state'][],
): Promise<boolean> {
  const letters = world.records.collection<OutboxLetter>('outbox');
  const behind = { service: world.service, occasion: { after: occasion } } as const;
  for (;;) {
    const found = await letters.find({ ...behind, state: { in: states } }, { sort: { occasion: 1 }, limit: ROUND });
    const mine = found.filter((letter) => letter.occasion.startsWith(occasion));
    if (mine.length === 0) break;
    await settleEvidence(world, mine);
    await letters.remove({ _id: { in: mine.map(({ _id }) => _id) } });
  }
  const [left] = await letters.find(behind, { sort: { occasion: 1 }, limit: 1 });
  return !left?.occasion.startsWith(occasion);
}
