import type { Law } from '../../kernel/clock/law.ts';
import { regimeFor } from '../../kernel/residence/regimeFor.ts';
import { residenceCode } from '../../kernel/residence/residenceCode.ts';
import type { World } from '../world.ts';

/** The law of the place where somebody lives, and the pack's own choice where that is not known or has none here. */
export function lawOf(world: World, residence: string | undefined): Promise<Law> {
  return lawNamed(world, regimeFor(residence, world.policy.residence, world.policy.regimes.fallback));
}

/** A law by its id, with the holidays that count for this controller. */
export function lawNamed(world: World, regime: string): Promise<Law> {
  return world.law(regime, world.policy.controller.country);
}

/** The ISO 3166 code of the place where a subject lives; undefined where the host does not keep one. */
export async function residenceOf(world: World, subject: string): Promise<string | undefined> {
  return residenceCode((await world.data.profilesOf([subject])).get(subject)?.residence);
}
