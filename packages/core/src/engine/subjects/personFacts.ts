import { localDateOf } from '../../kernel/clock/localDate.ts';
import type { Facts } from '../../kernel/decision.ts';
import { residenceCode } from '../../kernel/residence/residenceCode.ts';
import type { World } from '../world.ts';

/**
 * Where a subject lives and how old they are, as far as the host keeps it. Of somebody whose year of birth is known, the
 * birthday may still be ahead this year: the younger age counts.
 */
export async function personFacts(world: World, subject: string, now: Date): Promise<Pick<Facts, 'country' | 'age'>> {
  const profile = (await world.data.profilesOf([subject])).get(subject);
  const country = residenceCode(profile?.residence);
  const { year } = localDateOf(now, world.policy.controller.zone);
  return {
    ...(country && { country }),
    ...(profile?.birthYear !== undefined && { age: Math.max(0, year - profile.birthYear - 1) }),
  };
}
