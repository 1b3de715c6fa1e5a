import { dayOf } from '../outbox/letterFrame.ts';
import type { ToldLine } from '../ports/letterModels.ts';
import type { World } from '../world.ts';
import { recipientsTold } from './recipientsTold.ts';

/** Who is told of a request, for a letter to the person; those who cannot be told are not among them. */
export async function toldLines(world: World, request: string): Promise<readonly ToldLine[]> {
  const told = await recipientsTold(world, request);
  return told
    .filter(({ state }) => state !== 'waived')
    .map(({ label, keepsUntil }) => ({ name: label, until: keepsUntil ? dayOf(world, keepsUntil) : null }));
}
