import { lawOf, residenceOf } from '../engine/requests/lawOf.ts';
import type { World } from '../engine/world.ts';
import type { Right } from '../kernel/classify/right.ts';
import { rightsUnder } from '../kernel/residence/rightsUnder.ts';

export interface RightsToAsk {
  /** The law of the place where the person lives; `residence` is null where nobody knows that. */
  readonly law: { readonly id: string; readonly name: string; readonly residence: string | null };
  readonly rights: readonly Right[];
}

/** What the person may ask for, by the notice in force and by the law of the place where they live. */
export async function rightsToAsk(world: World, subject: string): Promise<RightsToAsk> {
  const today = await world.inForce();
  const residence = await residenceOf(today, subject);
  const { regime } = await lawOf(today, residence);
  return {
    law: { id: regime.id, name: regime.name, residence: residence ?? null },
    rights: rightsUnder(today.policy, regime),
  };
}
