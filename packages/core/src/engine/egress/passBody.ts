import { demandBounded } from '../../kernel/egress/demandBounded.ts';
import { listedLeaves } from '../../kernel/egress/listedLeaves.ts';
import { payloadOf } from '../../kernel/egress/payloadOf.ts';
import type { Occasion } from '../keptEgress.ts';
import type { World } from '../world.ts';
import { cleanLeaf } from './cleanLeaf.ts';
import { destinationOf } from './destination.ts';
import { disclose } from './disclose.ts';
import { soughtFor } from './soughtFor.ts';

/** What of a body may leave, on record before it is handed back. Throws EGRESS_REFUSED, EGRESS_INVALID. */
export async function passBody(world: World, name: string, occasion: Occasion, body: unknown): Promise<unknown> {
  const to = destinationOf(world, name, occasion);
  demandBounded(body);
  const listed = listedLeaves(body, to.rule?.fields ?? []);
  const leaves = await disclose(world, to, listed, async (ask) => {
    const sought = await soughtFor(world, to, ask);
    if ('outcome' in sought) return sought;
    return Promise.all(listed.leaves.map((leaf) => cleanLeaf(world, leaf, sought)));
  });
  return payloadOf(leaves.flatMap(({ at, value }) => (value === undefined ? [] : [{ at, value }])));
}
